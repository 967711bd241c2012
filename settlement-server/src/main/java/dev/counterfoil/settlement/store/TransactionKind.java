package dev.counterfoil.settlement.store;

/// What business event a transaction is. The code is stored.
public enum TransactionKind {
  SALE_CARD(1),
  SALE_CASH(2),
  VOID(3),
  DECLINE(4),
  RECHARGE(5),
  OPENING(6),
  /// Money of a sale goes back, whole or in part, by the operator's or merchant's doing.
  REFUND(7);

  private final int code;

  TransactionKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// Whether somebody bought something, so that it can be voided or refunded.
  public boolean isSale() {
    return switch (this) {
      case SALE_CARD, SALE_CASH -> true;
      case VOID, DECLINE, RECHARGE, OPENING, REFUND -> false;
    };
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
