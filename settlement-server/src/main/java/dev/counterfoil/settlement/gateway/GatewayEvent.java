package dev.counterfoil.settlement.gateway;

/// What can happen to an order.
public sealed interface GatewayEvent {

  /// Time has passed.
  record Tick() implements GatewayEvent {}

  /// The answer to sending the order.
  record Placed(OrderAnswer answer) implements GatewayEvent {}

  /// Something about the payment, from a question or from a genuine callback: both count the same.
  record PaymentLearned(PaymentAnswer answer) implements GatewayEvent {}

  /// The answer to closing the order.
  record CloseLearned(CloseAnswer answer) implements GatewayEvent {}

  /// Somebody wants money back.
  ///
  /// @param amountFen in fen, at least 1
  record RefundWanted(String refundId, long amountFen) implements GatewayEvent {

    public RefundWanted {
      OrderRequest.requireId(refundId);
      if (amountFen < 1) {
        throw new IllegalArgumentException("a refund needs an amount, found " + amountFen + " fen");
      }
    }
  }

  /// Something about a refund, from its request, a question or a genuine callback.
  record RefundLearned(String refundId, RefundAnswer answer) implements GatewayEvent {}
}
