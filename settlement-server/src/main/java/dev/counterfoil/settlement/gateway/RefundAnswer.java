package dev.counterfoil.settlement.gateway;

/// What is known of a refund, from its request, a question or a callback.
public sealed interface RefundAnswer {

  /// The payer has the money back.
  ///
  /// @param amountFen of this refund, in fen
  record Refunded(String refundId, long amountFen) implements RefundAnswer {}

  /// The gateway has the request and works on it.
  record Pending() implements RefundAnswer {}

  /// The gateway has no such refund.
  record NotFound() implements RefundAnswer {}

  /// The gateway had this refund and will not make it.
  record Failed(GatewayProblem problem) implements RefundAnswer {}

  /// The gateway did not take this request.
  record Refused(GatewayProblem problem) implements RefundAnswer {}

  /// Nothing is known: ask again.
  record Unknown(GatewayProblem problem) implements RefundAnswer {}
}
