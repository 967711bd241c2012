package dev.counterfoil.settlement.store;

/// How an Authorize ended. The code is stored.
public enum AuthorizationOutcome {
  APPROVED(1),
  DECLINED(2),
  /// Cancelled before it was ever seen: a later Authorize of the same transaction is refused.
  CANCELLED(3);

  private final int code;

  AuthorizationOutcome(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no outcome has this code
  public static AuthorizationOutcome of(int code) {
    for (AuthorizationOutcome outcome : values()) {
      if (outcome.code == code) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("no authorization outcome " + code);
  }
}
