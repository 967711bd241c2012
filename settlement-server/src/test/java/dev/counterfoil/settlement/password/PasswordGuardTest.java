package dev.counterfoil.settlement.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.password.PasswordGuard.Answer;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordGuardTest {

  private static final PasswordRules RULES = PasswordRules.DEFAULT;
  private static final long NOW = 1_763_600_000_000L;

  @Test
  @Requirement({"LIM-16"})
  void theFifthWrongOneInARowLocksForHalfAnHour() {
    PasswordGuard guard = PasswordGuard.FRESH;
    for (int i = 1; i <= 4; i++) {
      PasswordGuard.Step step = guard.tried(false, RULES, NOW);
      assertThat(step).isEqualTo(new PasswordGuard.Step(new PasswordGuard(i, 0), Answer.WRONG));
      guard = step.next();
    }

    PasswordGuard.Step fifth = guard.tried(false, RULES, NOW);

    assertThat(fifth).isEqualTo(new PasswordGuard.Step(new PasswordGuard(0, NOW + 1_800_000), Answer.LOCKED));
    assertThat(fifth.next().tried(true, RULES, NOW + 1_799_999).answer()).isEqualTo(Answer.LOCKED);
    assertThat(fifth.next().tried(true, RULES, NOW + 1_800_000).answer()).isEqualTo(Answer.RIGHT);
  }

  @Test
  void aRightOneEndsTheRowAndALockGrowsByNoTry() {
    assertThat(new PasswordGuard(4, 0).tried(true, RULES, NOW).next()).isEqualTo(PasswordGuard.FRESH);
    var locked = new PasswordGuard(0, NOW + 5);
    assertThat(locked.tried(false, RULES, NOW).next()).isEqualTo(locked);
  }

  @ParameterizedTest
  @CsvSource({"false,49999,false", "false,50000,true", "true,1,true", "true,50000,true"})
  @Requirement({"PAY-28", "LIM-11"})
  void aPasswordIsNeededFromTheThresholdOnOrAlways(boolean always, long amount, boolean needed) {
    assertThat(new PasswordRules(always, 50_000, 6, 5, RULES.lock()).demand(amount)).isEqualTo(needed);
  }

  @ParameterizedTest
  @CsvSource({"12345,false", "123456,true", "123456789012,true", "1234567890123,false", "12345a,false",
      "'',false"})
  void aPasswordIsSixToTwelveDigits(String typed, boolean admitted) {
    assertThat(RULES.admit(typed.toCharArray())).isEqualTo(admitted);
  }
}
