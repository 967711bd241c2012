package dev.counterfoil.settlement.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntPredicate;

/// What operators' passwords and sessions keep to. The defaults are the requirements' (SEC-07, SEC-08, CFG-12), but for
/// the length: 12 instead of 8, by design decision D9.
///
/// @param tries        wrong passwords and codes in a row that lock (wrong_attempts_limit), 1 or more
/// @param lock         how long (lockout_duration)
/// @param minLength    characters (code points) of a new password, 8 to 128
/// @param kinds        of small letters, capitals, digits and others, how many a new one must have (complexity_required),
///                     1 to 4; 1 demands nothing; Chinese characters count as two
/// @param passwordLife after which the next session may change the password and nothing else (expiry_period); zero for
///                     never
/// @param idle         unused for this long, a session ends (session_timeout)
/// @param longest      however busy, a session ends after a shift
public record SignInRules(int tries, Duration lock, int minLength, int kinds, Duration passwordLife,
    Duration idle, Duration longest) {

  public static final SignInRules DEFAULT = new SignInRules(5, Duration.ofSeconds(1800), 12, 2,
      Duration.ofDays(90), Duration.ofSeconds(3600), Duration.ofHours(12));

  /// Comparing takes time in proportion, and nobody types more.
  public static final int MOST_LENGTH = 128;

  /// There are thousands of them to choose from: Chinese characters count as two kinds.
  private static final int IDEOGRAPHS = 2;

  /// Whether a new password may be this one. Asked when one is set, never when one is tried.
  ///
  /// @param password read only
  public boolean admits(char[] password) {
    int length = Character.codePointCount(password, 0, password.length);
    return length >= minLength && length <= MOST_LENGTH && kindsOf(password) >= kinds;
  }

  /// For the one whose password is refused.
  public String inWords() {
    String length = "a password has " + minLength + " to " + MOST_LENGTH + " characters";
    return kinds == 1 ? length
        : length + " of " + kinds + " kinds at least: small letters, capitals, digits, others";
  }

  private static int kindsOf(char[] password) {
    IntPredicate other = c -> !Character.isLowerCase(c) && !Character.isUpperCase(c)
        && !Character.isDigit(c) && !Character.isIdeographic(c);
    return has(password, Character::isLowerCase) + has(password, Character::isUpperCase)
        + has(password, Character::isDigit) + has(password, other)
        + IDEOGRAPHS * has(password, Character::isIdeographic);
  }

  private static int has(char[] password, IntPredicate kind) {
    for (char each : password) {
      if (kind.test(each)) {
        return 1;
      }
    }
    return 0;
  }

  /// Whether a password that was set then is too old for a session that begins now.
  public boolean isExpired(Instant set, Instant now) {
    return !passwordLife.isZero() && !now.isBefore(set.plus(passwordLife));
  }
}
