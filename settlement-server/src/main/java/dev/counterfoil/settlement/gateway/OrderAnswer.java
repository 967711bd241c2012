package dev.counterfoil.settlement.gateway;

/// What is known after an order was sent.
public sealed interface OrderAnswer {

  /// The gateway has the order.
  ///
  /// @param payUrl what the payer opens or scans, or the parameters of an in-app payment as JSON
  record Accepted(String payUrl) implements OrderAnswer {}

  /// The gateway does not have it through this request.
  record Refused(GatewayProblem problem) implements OrderAnswer {}

  /// The gateway may or may not have it: ask.
  record Unknown(GatewayProblem problem) implements OrderAnswer {}
}
