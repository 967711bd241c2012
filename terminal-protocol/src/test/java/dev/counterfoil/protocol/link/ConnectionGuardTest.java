package dev.counterfoil.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.ReasonCode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {

  private final ConnectionGuard guard = new ConnectionGuard(LinkLimits.DEFAULT, 0);

  @Test
  void aPeerThatSaysNothingIsCutOffAfterFiveSeconds() {
    assertThat(guard.broken(5_000)).isEmpty();
    assertThat(guard.broken(5_001)).contains(ReasonCode.FIRST_BYTE_TIMEOUT);
  }

  @Test
  void oneByteEveryTenSecondsIsTooSlow() {
    guard.received(100, 1, false, true);
    guard.received(10_100, 1, false, true);

    assertThat(guard.broken(10_200)).contains(ReasonCode.TOO_SLOW);
  }

  @Test
  void aFrameThatArrivesAtTheLeastRateIsTolerated() {
    for (int second = 0; second < 60; second++) {
      guard.received(second * 1_000L, 1_001, false, true);
      assertThat(guard.broken(second * 1_000L + 500)).as("second %d", second).isEmpty();
    }
  }

  @Test
  void silenceBetweenFramesIsLimitedByIdlenessOnly() {
    guard.received(10, 40, true, false);

    assertThat(guard.broken(90_000)).isEmpty();
    assertThat(guard.broken(90_011)).contains(ReasonCode.IDLE_TIMEOUT);
  }

  @Test
  void aBackoffIsSpreadOverItsWholeRangeAndNeverBeyondTheCap() {
    Random random = new Random(4);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      long wait = Backoff.DEFAULT.waitMillis(1 + i % 40, random);
      assertThat(wait).isBetween(0L, 60_000L);
      least = Math.min(least, wait);
      most = Math.max(most, wait);
    }
    assertThat(Backoff.DEFAULT.waitMillis(1, random)).isLessThanOrEqualTo(500);
    assertThat(least).isLessThan(500);
    assertThat(most).isGreaterThan(55_000);
  }
}
