package dev.counterfoil.settlement.gateway;

/// The bill of a day, or why there is none.
public sealed interface BillAnswer {

  /// A whole bill whose lines add up to its totals.
  record Published(GatewayBill bill) implements BillAnswer {}

  /// No trade on that day, or the gateway has not made it yet (WeChat: until 10:00 of the next day).
  record Missing(GatewayProblem problem) implements BillAnswer {}

  /// A file that must not be reconciled with. Fetching it again is safe.
  record Rejected(GatewayProblem problem) implements BillAnswer {}

  /// Not fetched: ask again.
  record Unknown(GatewayProblem problem) implements BillAnswer {}
}
