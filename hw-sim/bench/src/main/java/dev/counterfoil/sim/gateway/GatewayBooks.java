package dev.counterfoil.sim.gateway;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the simulated gateway knows: the truth that the server's books are compared with. Thread-safe.
final class GatewayBooks {

  private final Map<String, SimulatedOrder> orders = new LinkedHashMap<>();
  private final String transactionPrefix;
  private final InstantSource clock;

  GatewayBooks(String transactionPrefix, InstantSource clock) {
    this.transactionPrefix = transactionPrefix;
    this.clock = clock;
  }

  /// @return nothing, or the reason why not
  synchronized Optional<String> order(String id, long fen, String notifyUrl, Instant expiresAt) {
    SimulatedOrder known = orders.get(id);
    if (known != null) {
      return switch (known.state) {
        case PAID -> Optional.of("ORDERPAID");
        case CLOSED -> Optional.of("ORDER_CLOSED");
        case OPEN -> known.fen == fen ? Optional.empty() : Optional.of("INVALID_REQUEST");
      };
    }
    if (clock.instant().isAfter(expiresAt)) {
      return Optional.of("PARAM_ERROR");
    }
    orders.put(id,
        new SimulatedOrder(id, fen, notifyUrl, expiresAt, transactionPrefix + (orders.size() + 1)));
    return Optional.empty();
  }

  synchronized Optional<SimulatedOrder> find(String id) {
    return Optional.ofNullable(orders.get(id));
  }

  /// The payer pays.
  synchronized SimulatedOrder pay(String id, long saidLess) {
    SimulatedOrder order = find(id).orElseThrow(() -> new IllegalArgumentException("no order " + id));
    if (order.state != SimulatedOrder.State.OPEN || clock.instant().isAfter(order.expiresAt)) {
      throw new IllegalArgumentException("order " + id + " cannot be paid");
    }
    order.state = SimulatedOrder.State.PAID;
    order.paidAt = clock.instant();
    order.saidFen = order.fen - saidLess;
    return order;
  }

  /// @return whether it is closed now
  synchronized boolean close(SimulatedOrder order) {
    if (order.state == SimulatedOrder.State.OPEN) {
      order.state = SimulatedOrder.State.CLOSED;
    }
    return order.state == SimulatedOrder.State.CLOSED;
  }

  /// @return whether the refund is in the books now
  synchronized boolean refund(String orderId, String refundId, long fen) {
    SimulatedOrder order = orders.get(orderId);
    if (order == null || order.state != SimulatedOrder.State.PAID) {
      return false;
    }
    Long known = order.refunds.get(refundId);
    if (known != null) {
      return known == fen;
    }
    if (order.refundedFen() + fen > order.fen) {
      return false;
    }
    order.refunds.put(refundId, fen);
    return true;
  }

  synchronized Optional<SimulatedOrder> withRefund(String refundId) {
    return orders.values().stream().filter(order -> order.refunds.containsKey(refundId)).findFirst();
  }

  synchronized List<SimulatedOrder> paid() {
    var paid = new ArrayList<SimulatedOrder>();
    orders.values().stream().filter(order -> order.state == SimulatedOrder.State.PAID).forEach(paid::add);
    return paid;
  }

  /// What the gateway owes the merchant for an order: paid less given back, in fen.
  synchronized long heldFen(String id) {
    return find(id).filter(order -> order.state == SimulatedOrder.State.PAID)
        .map(order -> order.fen - order.refundedFen()).orElse(0L);
  }

  static String yuan(long fen) {
    return BigDecimal.valueOf(fen, 2).toPlainString();
  }
}
