package dev.counterfoil.settlement.imports;

/// What a file is of.
public enum ImportKind {
  ACCOUNTS,
  /// Sales of another system.
  RECORDS,
  /// Meals that were ordered.
  ORDERS
}
