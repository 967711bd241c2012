package dev.counterfoil.sim.gateway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An order in the gateway's own books. Guarded by {@link GatewayBooks}.
final class SimulatedOrder {

  enum State {
    OPEN, PAID, CLOSED
  }

  final String id;
  final long fen;
  final String notifyUrl;
  final Instant expiresAt;
  final String transactionId;
  final Map<String, Long> refunds = new LinkedHashMap<>();
  State state = State.OPEN;
  @Nullable
  Instant paidAt;
  /// What the gateway claims was paid; differs from `fen` when it misbehaves.
  long saidFen;

  SimulatedOrder(String id, long fen, String notifyUrl, Instant expiresAt, String transactionId) {
    this.id = id;
    this.fen = fen;
    this.saidFen = fen;
    this.notifyUrl = notifyUrl;
    this.expiresAt = expiresAt;
    this.transactionId = transactionId;
  }

  long refundedFen() {
    return refunds.values().stream().mapToLong(Long::longValue).sum();
  }
}
