package dev.counterfoil.settlement.subsidy;

import dev.counterfoil.settlement.account.RefusedException;

/// A subsidy that somebody wants to give.
///
/// @param name what it is for and of which period, such as `meal/2026-11`; 1 to 100 characters
/// @param amount minor units
/// @param expiresMs server time from which it is not spent any more and falls back, 0 for never
/// @param department who pays for it: a number of the house's own, 0 for the house itself
public record Grant(long account, String name, long amount, long expiresMs, int department, String reason,
    String operator) {

  private static final int LONGEST_NAME = 100;
  private static final long MOST = 1_000_000_000_000L;

  /// @throws RefusedException PARAMETER_ERROR if this makes no sense at `nowMs`
  void check(long nowMs) {
    if (amount <= 0 || amount > MOST) {
      throw new RefusedException("PARAMETER_ERROR", "a subsidy is of more than 0, not " + amount);
    }
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new RefusedException("PARAMETER_ERROR", "a subsidy has a name of 1 to 100 characters");
    }
    if (department < 0 || expiresMs != 0 && expiresMs <= nowMs) {
      throw new RefusedException("PARAMETER_ERROR",
          "a subsidy ends in the future or never, and a department is 0 or more");
    }
  }
}
