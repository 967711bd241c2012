package dev.counterfoil.settlement.circuit;

/// What is guarded, by the names of PAY-25. They stand in metrics and answers and never change.
public enum GuardedOperation {
  /// executePayment: an order at a payment gateway.
  CONSUME_PAYMENT("consumePayment"),
  /// executePayment of a card at a counter: apart, so that a gateway that fails stops no card.
  CONSUME_CHARGE("consumePayment/card"),
  /// processRefund: a refund, at a gateway or of a sale.
  CONSUME_REFUND("consumeRefund"),
  /// createAccount.
  CONSUME_ACCOUNT("consumeAccount");

  private final String wireName;

  GuardedOperation(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
