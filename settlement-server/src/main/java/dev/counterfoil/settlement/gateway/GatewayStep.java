package dev.counterfoil.settlement.gateway;

import java.util.List;

/// The state after an event, and what is to be done.
public record GatewayStep(GatewayOrder order, List<GatewayEffect> effects) {

  public GatewayStep {
    effects = List.copyOf(effects);
  }

  static GatewayStep of(GatewayOrder order, GatewayEffect... effects) {
    return new GatewayStep(order, List.of(effects));
  }
}
