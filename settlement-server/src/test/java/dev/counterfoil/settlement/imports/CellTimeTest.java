package dev.counterfoil.settlement.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTimeTest {

  private static final Optional<ZoneId> SHANGHAI = Optional.of(ZoneId.of("Asia/Shanghai"));

  @ParameterizedTest
  @CsvSource({"2026-10-01T12:30:00+08:00, 2026-10-01T04:30:00Z", "2026-10-01T04:30:00Z, 2026-10-01T04:30:00Z",
      "2026-10-01 12:30:05, 2026-10-01T04:30:05Z", "2026-10-01T12:30, 2026-10-01T04:30:00Z",
      "2026/10/1 9:05, 2026-10-01T01:05:00Z"})
  void timesAreReadAsTheyAreWritten(String cell, String moment) {
    assertThat(CellTime.read(cell, SHANGHAI)).contains(Instant.parse(moment).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-10-01", "2026-02-30 12:00", "2026-10-01 24:00", "12:30", "1/10/2026 12:30",
      "1979-12-31T00:00:00Z", "2026-10-01 12:30 PM", "20261001123000", "1759293000", "now"})
  void whatIsNoTimeIsNone(String cell) {
    assertThat(CellTime.read(cell, SHANGHAI)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-10-01 12:30:05", "2026/10/1 9:05"})
  void aTimeOfAZoneThatNobodyNamedIsNone(String cell) {
    assertThat(CellTime.read(cell, Optional.empty())).isEmpty();
  }
}
