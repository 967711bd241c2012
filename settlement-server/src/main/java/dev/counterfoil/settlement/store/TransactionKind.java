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
  REFUND(7),
  /// Money goes from one holder to another.
  TRANSFER(8),
  /// An amount of a holder is reserved, by an operator or for a withdrawal.
  FREEZE(9),
  /// What a FREEZE reserved is free again.
  UNFREEZE(10),
  /// What was reserved for a withdrawal is paid out.
  WITHDRAWAL(11),
  /// Money between a holder and suspense, by two operators.
  ADJUSTMENT(12),
  /// A recharge, transfer or adjustment is taken back as a whole.
  REVERSAL(13),
  /// A holder is granted money beside his own.
  SUBSIDY(20),
  /// What is left of a subsidy at its end falls back.
  SUBSIDY_LAPSE(21),
  /// A sale of another system, taken over from a file: no terminal of ours recorded it.
  SALE_IMPORTED(30);

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
      case SALE_CARD, SALE_CASH, SALE_IMPORTED -> true;
      case VOID, DECLINE, RECHARGE, OPENING, REFUND, TRANSFER, FREEZE, UNFREEZE, WITHDRAWAL, ADJUSTMENT, REVERSAL, SUBSIDY,
          SUBSIDY_LAPSE ->
        false;
    };
  }

  /// Whether it takes another transaction back as a whole; that may happen once.
  public boolean takesBack() {
    return this == VOID || this == REVERSAL;
  }

  /// Whether it pays another transaction back in part; that may happen often.
  public boolean paysBack() {
    return this == REFUND || this == TRANSFER;
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
