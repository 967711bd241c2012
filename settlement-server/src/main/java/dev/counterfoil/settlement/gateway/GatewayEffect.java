package dev.counterfoil.settlement.gateway;

/// What a step asks for.
public sealed interface GatewayEffect {

  /// A call of the gateway, made after the new state is durable. Lost calls are made up for by the next tick.
  sealed interface Call extends GatewayEffect {}

  /// What is written in the same commit as the new state: that is what makes it happen once.
  sealed interface Entry extends GatewayEffect {}

  /// Send the order, also again.
  record Place(OrderRequest request) implements Call {}

  /// Ask about the payment.
  record Ask(String orderId) implements Call {}

  /// Close the order.
  record Close(String orderId) implements Call {}

  /// Send a refund, also again.
  record SendRefund(RefundRequest request) implements Call {}

  /// Ask about a refund.
  record AskRefund(String orderId, String refundId) implements Call {}

  /// Book the payment: at most once for an order.
  record Credit(Payment payment) implements Entry {}

  /// Book a refund: at most once for a refund.
  record GiveBack(String orderId, String refundId, long amountFen) implements Entry {}

  /// Tell whoever waits that the order will not be paid, or the refund not be made.
  record Fail(String orderId, GatewayProblem problem) implements Entry {}

  /// Put it before a person.
  record Raise(String orderId, GatewayProblem problem) implements Entry {}
}
