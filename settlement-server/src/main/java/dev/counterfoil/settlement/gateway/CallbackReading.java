package dev.counterfoil.settlement.gateway;

/// What a callback turned out to be.
public sealed interface CallbackReading {

  /// Signed by the gateway and meant for us. May be a repeat, late or out of order: {@link GatewayOrderRules} copes.
  record Genuine(String orderId, GatewayEvent event) implements CallbackReading {}

  /// Signed by the gateway, but nothing that moves an order.
  ///
  /// @param type the gateway's name for it
  record Irrelevant(String type) implements CallbackReading {}

  /// Not to be believed, or not to be understood.
  record Refused(GatewayProblem problem) implements CallbackReading {}
}
