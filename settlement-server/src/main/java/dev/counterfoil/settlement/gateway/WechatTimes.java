package dev.counterfoil.settlement.gateway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times of the pay-score interface, which writes `yyyyMMddHHmmss` in China's time where the others write RFC 3339.
final class WechatTimes {

  private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  private WechatTimes() {}

  static String compact(Instant time) {
    return COMPACT.format(time.atOffset(ZoneOffset.ofHours(8)));
  }

  static Instant compact(String text) throws MalformedMessageException {
    try {
      return text.contains("T") ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.ofHours(8));
    } catch (DateTimeException _) {
      throw new MalformedMessageException("paid_time is no time");
    }
  }
}
