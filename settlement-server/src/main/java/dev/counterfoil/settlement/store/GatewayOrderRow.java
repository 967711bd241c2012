package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder;

/// A recharge that a payment gateway collects. What was asked for never changes; the database checks it.
///
/// @param transaction names the order and the recharge that it becomes; its 32 hexadecimal digits are the order's number
///        at the gateway
/// @param feeMinor what the gateway keeps, by our table of fees, minor units
/// @param operator who asked for it
/// @param openedMs server time
/// @param updatedMs server time of the last change
/// @param version 1 for a new one; the next change has the next
/// @param order how far it came, times in whole milliseconds
public record GatewayOrderRow(int site, GatewayName gateway, TransactionId transaction, long account,
    long feeMinor, String operator, long openedMs, long updatedMs, long version, GatewayOrder order) {

  /// The same order, further on.
  public GatewayOrderRow next(GatewayOrder after, long nowMs) {
    return new GatewayOrderRow(site, gateway, transaction, account, feeMinor, operator, openedMs, nowMs,
        Math.addExact(version, 1), after);
  }

  /// Minor units.
  public long amount() {
    return order.request().amountFen();
  }

  /// When it must be looked at, server time; 0 for never.
  public long dueMs() {
    return order.dueAt().map(at -> Math.max(1, at.toEpochMilli())).orElse(0L);
  }
}
