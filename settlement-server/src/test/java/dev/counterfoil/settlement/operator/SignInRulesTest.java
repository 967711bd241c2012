package dev.counterfoil.settlement.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInRulesTest {

  private static final Instant SET = Instant.parse("2026-03-02T08:00:00Z");

  private static SignInRules of(int kinds, Duration life) {
    SignInRules all = SignInRules.DEFAULT;
    return new SignInRules(all.tries(), all.lock(), all.minLength(), kinds, life, all.idle(), all.longest());
  }

  @ParameterizedTest
  @CsvSource({"elevenchar1, false", "twelve chars, true", "twelvechars!, true", "twelvesmalls, false",
      "TWELVEgreats, true", "123456789012, false", "12345678901a, true", "!!!!!!!!!!!!, false",
      "密码密码密码密码密码密码, true", "密码密码密码密码密码密, false"})
  @Requirement({"SEC-07", "CFG-12"})
  void aNewPasswordIsLongEnoughAndOfTwoKinds(String password, boolean admitted) {
    assertThat(SignInRules.DEFAULT.admits(password.toCharArray())).isEqualTo(admitted);
  }

  @Test
  void howManyKindsIsASetting() {
    assertThat(of(1, Duration.ZERO).admits("twelvesmalls".toCharArray())).isTrue();
    assertThat(of(3, Duration.ZERO).admits("twelve chars".toCharArray())).isFalse();
    assertThat(of(4, Duration.ZERO).admits("Twelve chars 1".toCharArray())).isTrue();
    assertThat(of(3, Duration.ZERO).inWords()).contains("12 to 128").contains("3 kinds");
    assertThat(of(1, Duration.ZERO).inWords()).doesNotContain("kinds");
  }

  @Test
  void aPasswordMayNotBeEndless() {
    assertThat(SignInRules.DEFAULT.admits("x1".repeat(64).toCharArray())).isTrue();
    assertThat(SignInRules.DEFAULT.admits(("x1".repeat(64) + "x").toCharArray())).isFalse();
  }

  @Test
  @Requirement({"SEC-07", "CFG-12"})
  void aPasswordExpiresAfterNinetyDaysOrNever() {
    Instant due = SET.plus(Duration.ofDays(90));
    assertThat(SignInRules.DEFAULT.isExpired(SET, due.minusMillis(1))).isFalse();
    assertThat(SignInRules.DEFAULT.isExpired(SET, due)).isTrue();
    assertThat(of(2, Duration.ZERO).isExpired(SET, due.plus(Duration.ofDays(9_000)))).isFalse();
  }
}
