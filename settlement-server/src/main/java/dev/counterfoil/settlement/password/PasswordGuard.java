package dev.counterfoil.settlement.password;

/// How often an account's password was wrong, as a state machine (LIM-16): so many in a row lock it for a time, a right
/// one ends the row, and while it is locked nothing is compared, so that trying on tells nothing and costs nothing.
///
/// @param wrong since the last right one, change or lock
/// @param lockedUntilMs server time, Unix milliseconds; the past if it is not locked
public record PasswordGuard(int wrong, long lockedUntilMs) {

  public static final PasswordGuard FRESH = new PasswordGuard(0, 0);

  /// What a try came to.
  public enum Answer {
    RIGHT,
    WRONG,
    /// Wrong once too often, or tried while locked.
    LOCKED
  }

  /// @param next to be durable before the answer goes out, or a crash would give tries back
  public record Step(PasswordGuard next, Answer answer) {}

  public boolean isLocked(long nowMs) {
    return nowMs < lockedUntilMs;
  }

  /// Somebody typed a password.
  public Step tried(boolean right, PasswordRules rules, long nowMs) {
    if (isLocked(nowMs)) {
      return new Step(this, Answer.LOCKED);
    }
    if (right) {
      return new Step(FRESH, Answer.RIGHT);
    }
    return wrong + 1 < rules.tries()
        ? new Step(new PasswordGuard(wrong + 1, 0), Answer.WRONG)
        : new Step(new PasswordGuard(0, nowMs + rules.lock().toMillis()), Answer.LOCKED);
  }
}
