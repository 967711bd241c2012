package dev.counterfoil.settlement.store;

/// What may be asked for that takes two operators. The names are stored, so a constant is never renamed.
public enum MoneyRequestKind {
  WITHDRAWAL,
  ADJUSTMENT,
  /// A reversal although the holder no longer has the money.
  REVERSAL
}
