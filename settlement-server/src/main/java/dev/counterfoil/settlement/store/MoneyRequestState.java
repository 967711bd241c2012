package dev.counterfoil.settlement.store;

/// How far a request is. The names are stored, so a constant is never renamed.
public enum MoneyRequestState {
  /// Waits for a second operator.
  REQUESTED,
  /// Approved, and the money has not left yet; of withdrawals only.
  APPROVED,
  REJECTED,
  /// The money has moved.
  DONE,
  /// Approved, but the payment failed: the holder has the money again.
  FAILED;

  /// Whether nothing more can happen to it.
  public boolean isClosed() {
    return switch (this) {
      case REQUESTED, APPROVED -> false;
      case REJECTED, DONE, FAILED -> true;
    };
  }
}
