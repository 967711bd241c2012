package dev.counterfoil.settlement.store;

/// How far a hold is. Only OPEN counts against the available balance. The code is stored.
public enum HoldState {
  OPEN(1),
  CAPTURED(2),
  RELEASED(3),
  EXPIRED(4);

  private final int code;

  HoldState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no state has this code
  public static HoldState of(int code) {
    for (HoldState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no hold state " + code);
  }
}
