package dev.counterfoil.settlement.gateway;

import java.util.List;

/// The state after an event, and what is to be done.
public record GatewayStep(GatewayOrder order, List<GatewayEffect> effects) {

  public GatewayStep {
    effects = List.copyOf(effects);
  }

  /// What the gateway is to be asked, once the state is durable.
  public List<GatewayEffect.Call> calls() {
    return effects.stream().filter(GatewayEffect.Call.class::isInstance).map(GatewayEffect.Call.class::cast)
        .toList();
  }

  /// What goes into the books in the same commit.
  public List<GatewayEffect.Entry> entries() {
    return effects.stream().filter(GatewayEffect.Entry.class::isInstance)
        .map(GatewayEffect.Entry.class::cast).toList();
  }

  static GatewayStep of(GatewayOrder order, GatewayEffect... effects) {
    return new GatewayStep(order, List.of(effects));
  }
}
