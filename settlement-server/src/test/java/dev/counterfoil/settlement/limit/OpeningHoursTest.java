package dev.counterfoil.settlement.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {

  @ParameterizedTest
  @Requirement({"LIM-05"})
  @CsvSource({"08:00-22:00, 479, false", "08:00-22:00, 480, true", "08:00-22:00, 1319, true",
      "08:00-22:00, 1320, false", "22:00-06:00, 1320, true", "22:00-06:00, 0, true",
      "22:00-06:00, 360, false",
      "00:00-24:00, 0, true", "00:00-24:00, 1439, true"})
  void theFirstMinuteIsInsideAndTheLastIsNot(String hours, int minute, boolean inside) {
    assertThat(OpeningHours.parse(hours).orElseThrow().contains(minute)).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({"8:00-22:00", "08:00", "08:60-22:00", "24:00-25:00", "00:00-00:00", "08:00-24:01", "always"})
  void whatCannotBeHoursIsNotRead(String text) {
    assertThat(OpeningHours.parse(text)).isEmpty();
  }
}
