package dev.counterfoil.terminal.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTimeClockTest {

  private static final long WALL_SECONDS = 1_763_600_000;

  @TempDir
  Path folder;

  /// The second last is a chip without a battery, the last one runs in local time.
  @ParameterizedTest
  @CsvSource({"1, 0, true", "1, 60, true", "1, -60, true", "1, 61, false", "0, 0, false",
      "1, -1763600000, false", "1, 28800, false"})
  void aClockIsBelievedThatSetTheSystemAndAgreesWithItStill(String hctosys, long ahead, boolean believed)
      throws IOException {
    Files.writeString(folder.resolve("hctosys"), hctosys + "\n");
    Files.writeString(folder.resolve("since_epoch"), WALL_SECONDS + ahead + "\n");

    assertThat(new RealTimeClock(folder).keepsRunning(WALL_SECONDS * 1_000 + 999)).isEqualTo(believed);
  }

  @Test
  void aBoardWithoutAClockHasNone() {
    assertThat(new RealTimeClock(folder.resolve("rtc0")).keepsRunning(WALL_SECONDS * 1_000)).isFalse();
  }

  @Test
  void aClockThatCannotBeReadIsNotBelieved() throws IOException {
    Files.writeString(folder.resolve("hctosys"), "1\n");
    assertThat(new RealTimeClock(folder).keepsRunning(WALL_SECONDS * 1_000)).isFalse();
    Files.writeString(folder.resolve("since_epoch"), "\n");
    assertThat(new RealTimeClock(folder).keepsRunning(WALL_SECONDS * 1_000)).isFalse();
  }
}
