package dev.counterfoil.settlement.imports;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/// Times as ISO 8601 and spreadsheets write them.
final class CellTime {

  static final String ALLOWED = "a time such as 2026-10-01T12:30:00+08:00";

  private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_OFFSET_DATE_TIME
      .withResolverStyle(ResolverStyle.STRICT);
  /// `2026-10-01 12:30:00`, `2026/10/1 12:30`, with or without seconds.
  private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder().appendPattern("u")
      .appendPattern("[-][/]").appendPattern("M").appendPattern("[-][/]").appendPattern("d")
      .appendPattern("['T'][ ]").appendPattern("H:mm[:ss]").parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
      .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final int EARLIEST_YEAR = 1980;

  private CellTime() {}

  /// Whether only its zone is missing.
  static boolean needsZone(String cell) {
    return offset(cell).isEmpty() && local(cell, ZoneOffset.UTC).isPresent();
  }

  /// @return Unix milliseconds; empty for no time, or one of a zone that nobody named
  static Optional<Long> read(String cell, Optional<ZoneId> zone) {
    return offset(cell).or(() -> zone.flatMap(known -> local(cell, known)));
  }

  private static Optional<Long> offset(String cell) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(cell, ISO);
      return time.getYear() < EARLIEST_YEAR ? Optional.empty() : Optional.of(time.toInstant().toEpochMilli());
    } catch (DateTimeException _) {
      // Then it may be a time of the zone.
      return Optional.empty();
    }
  }

  private static Optional<Long> local(String cell, ZoneId zone) {
    try {
      LocalDateTime time = LocalDateTime.parse(cell, LOCAL);
      return time.getYear() < EARLIEST_YEAR ? Optional.empty()
          : Optional.of(time.atZone(zone).toInstant().toEpochMilli());
    } catch (DateTimeException _) {
      // No time: the caller says so.
      return Optional.empty();
    }
  }
}
