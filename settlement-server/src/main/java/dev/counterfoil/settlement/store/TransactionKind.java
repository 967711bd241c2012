package dev.counterfoil.settlement.store;

/// What business event a transaction is. The code is stored.
public enum TransactionKind {
  SALE_CARD(1),
  SALE_CASH(2),
  VOID(3),
  DECLINE(4),
  RECHARGE(5),
  OPENING(6);

  private final int code;

  TransactionKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no kind has this code
  public static TransactionKind of(int code) {
    for (TransactionKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no transaction kind " + code);
  }
}
