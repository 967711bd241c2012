package dev.counterfoil.settlement.account;

import java.util.Optional;

/// Whether an account may be closed: only with nothing in it and nothing reserved. What a terminal sold before
/// it heard of the closing is booked to the closed account all the same, which stays as its tail, and stands in the
/// exception queue: a sale is a fact, so closing need not wait for the terminals.
enum ClosingRule {
  ACCOUNT_NOT_EMPTY, ACCOUNT_HAS_HOLDS;

  /// @param balance minor units
  /// @param held sum of open holds, minor units
  static Optional<ClosingRule> refusal(long balance, long held) {
    if (held != 0) {
      return Optional.of(ACCOUNT_HAS_HOLDS);
    }
    return balance == 0 ? Optional.empty() : Optional.of(ACCOUNT_NOT_EMPTY);
  }
}
