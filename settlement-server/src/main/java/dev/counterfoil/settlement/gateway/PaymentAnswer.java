package dev.counterfoil.settlement.gateway;

/// What is known of an order's payment, from a question or a callback.
public sealed interface PaymentAnswer {

  /// Money has been taken from the payer.
  record Paid(Payment payment) implements PaymentAnswer {}

  /// The gateway has the order; the payer has not paid yet.
  record Pending() implements PaymentAnswer {}

  /// The order can no longer be paid.
  record Closed() implements PaymentAnswer {}

  /// The gateway does not have the order, yet.
  record NotFound() implements PaymentAnswer {}

  /// Nothing is known: ask again.
  record Unknown(GatewayProblem problem) implements PaymentAnswer {}
}
