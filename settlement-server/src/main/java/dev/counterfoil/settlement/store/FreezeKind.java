package dev.counterfoil.settlement.store;

/// Why money or an account may be frozen (FRZ-01). The names are stored, so a constant is never renamed.
public enum FreezeKind {
  /// Something about a transaction is being looked into.
  TRANSACTION,
  /// An office decided so.
  ADMINISTRATIVE,
  /// Abnormal operation or a security risk (FRZ-05).
  SECURITY
}
