package dev.counterfoil.settlement.store;

/// How far an announced recharge is. The names are stored, so a constant is never renamed.
public enum ArrivalState {
  /// The holder sees it and cannot spend it yet.
  PENDING,
  /// Booked.
  DONE,
  /// It never came; nothing was booked.
  CANCELLED
}
