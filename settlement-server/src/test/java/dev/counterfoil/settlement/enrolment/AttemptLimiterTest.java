package dev.counterfoil.settlement.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptLimiterTest {

  private final AttemptLimiter limiter = new AttemptLimiter(10);

  @Test
  void guessingAThousandTimesAMinuteGetsTenTriesAndThenOneEverySixSeconds() {
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      admitted += limiter.admit("10.0.0.1", i * 60) ? 1 : 0;
    }
    assertThat(admitted).isBetween(19, 20);
  }

  @Test
  void oneAddressDoesNotUseUpAnothersTries() {
    for (int i = 0; i < 20; i++) {
      limiter.admit("10.0.0.1", 0);
    }
    assertThat(limiter.admit("10.0.0.1", 0)).isFalse();
    assertThat(limiter.admit("10.0.0.2", 0)).isTrue();
  }
}
