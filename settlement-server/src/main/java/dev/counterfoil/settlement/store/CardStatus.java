package dev.counterfoil.settlement.store;

/// State of a card. The code is stored.
public enum CardStatus {
  ACTIVE(1),
  LOST(2),
  RETIRED(3),
  EXPIRED(4);

  private final int code;

  CardStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no status has this code
  public static CardStatus of(int code) {
    for (CardStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no card status " + code);
  }
}
