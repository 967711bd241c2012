package dev.counterfoil.settlement.store;

/// Whether a terminal's records are taken and its taps answered. The code is stored.
public enum TerminalStatus {
  /// Enrolled, waiting for a second operator.
  PENDING(0),
  ACTIVE(1),
  /// After a fork or by an operator: nothing is taken until it enrols again or is released.
  FROZEN(2),
  /// For ever.
  REVOKED(3);

  private final int code;

  TerminalStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no status has this code
  public static TerminalStatus of(int code) {
    for (TerminalStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no terminal status " + code);
  }
}
