package dev.counterfoil.settlement.gateway;

/// What is known of a pay-score order (支付分): authorised first, paid by itself after it was completed. (ORD-08)
public sealed interface ScoreAnswer {

  /// The user has still to confirm.
  ///
  /// @param confirmation what the app opens for that; empty when it was only asked about
  record Created(String confirmation) implements ScoreAnswer {}

  /// The user has confirmed: goods may be handed out.
  record Authorized() implements ScoreAnswer {}

  /// Completed; WeChat collects the money.
  record Completed() implements ScoreAnswer {}

  record Paid(Payment payment) implements ScoreAnswer {}

  /// Cancelled or expired; nothing will be paid.
  record Revoked() implements ScoreAnswer {}

  record NotFound() implements ScoreAnswer {}

  record Refused(GatewayProblem problem) implements ScoreAnswer {}

  /// Nothing is known: ask again.
  record Unknown(GatewayProblem problem) implements ScoreAnswer {}
}
