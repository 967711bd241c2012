package dev.counterfoil.settlement.gateway;

/// What is known after an order was to be closed.
public sealed interface CloseAnswer {

  /// It cannot be paid any more, or the gateway never had it.
  record Closed() implements CloseAnswer {}

  /// Somebody was faster: ask for the payment.
  record AlreadyPaid() implements CloseAnswer {}

  /// Nothing is known: close again.
  record Unknown(GatewayProblem problem) implements CloseAnswer {}
}
