package dev.counterfoil.settlement.store;

/// How a freeze ends (FRZ-02). The names are stored, so a constant is never renamed.
public enum UnfreezeKind {
  /// Its time was over.
  AUTOMATIC,
  /// An operator decided so.
  MANUAL,
  /// An operator says that the condition named by the freeze is met.
  CONDITIONAL
}
