package dev.counterfoil.settlement.payment;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.gateway.GatewayEffect;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.GatewayOrders;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One gateway's orders in the store of the core. Every call waits for a turn of the core's thread and for the disk, never
/// for anybody outside; a gateway's numbers that are none of ours are unknown orders.
final class StoredOrders implements GatewayOrders {

  private final CoreAccess core;
  private final int site;
  private final GatewayName gateway;
  private final InstantSource clock;

  StoredOrders(CoreAccess core, int site, GatewayName gateway, InstantSource clock) {
    this.core = core;
    this.site = site;
    this.gateway = gateway;
    this.clock = clock;
  }

  @Override
  public Optional<GatewayOrder> load(String orderId) {
    return id(orderId)
        .flatMap(id -> core.quietly(server -> server.reads().recharges().order(site, id)))
        .filter(row -> row.gateway() == gateway).map(GatewayOrderRow::order);
  }

  @Override
  public boolean commit(GatewayOrder before, GatewayOrder after, List<GatewayEffect.Entry> entries) {
    long nowMs = clock.millis();
    return entries.isEmpty()
        ? core.quietly(server -> server.collections().take(site, before, after, entries, nowMs))
        : core.call(server -> server.collections().take(site, before, after, entries, nowMs));
  }

  @Override
  public List<String> due(Instant now, int most) {
    return core
        .quietly(server -> server.reads().recharges().ordersDue(site, gateway, now.toEpochMilli(), most))
        .stream().map(TransactionId::toString).toList();
  }

  private static Optional<TransactionId> id(String orderId) {
    return orderId.matches("[0-9a-f]{32}") ? Optional.of(TransactionId.parse(orderId)) : Optional.empty();
  }
}
