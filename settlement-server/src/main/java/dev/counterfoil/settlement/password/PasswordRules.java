package dev.counterfoil.settlement.password;

import java.time.Duration;

/// When a purchase needs its holder's password and what wrong ones cost; the defaults are the requirements'.
///
/// @param always every online purchase needs one (CFG-06 requirePassword)
/// @param thresholdMinor an online purchase of this much or more needs one (PAY-28, LIM-11, A-34), minor units
/// @param minLength digits that a new one must have at least (CFG-03 password_min_length)
/// @param tries wrong ones in a row that lock (LIM-16, CFG-03 wrong_attempts_limit), 1 or more
/// @param lock how long (LIM-16, CFG-03 lockout_duration)
public record PasswordRules(boolean always, long thresholdMinor, int minLength, int tries, Duration lock) {

  public static final PasswordRules DEFAULT = new PasswordRules(false, 50_000, 6, 5,
      Duration.ofMinutes(30));
  /// More than anybody remembers or a terminal's keypad takes.
  public static final int MOST_DIGITS = 12;

  public boolean demand(long amountMinor) {
    return amountMinor > mostWithout();
  }

  /// Largest purchase that needs none, minor units.
  public long mostWithout() {
    return always ? 0 : Math.max(0, thresholdMinor - 1);
  }

  /// Whether a new password may be this one: digits, so that a terminal's keypad can type it.
  ///
  /// @param password read only
  public boolean admit(char[] password) {
    if (password.length < minLength || password.length > MOST_DIGITS) {
      return false;
    }
    for (char digit : password) {
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }
}
