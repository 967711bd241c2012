package dev.counterfoil.settlement.operator;

/// What an operator is there for; exactly one each. The names are stored, so a constant is never renamed.
public enum Role {
  /// Serves holders at a desk: looks accounts up, takes money, issues cards.
  CASHIER,
  /// Answers for the books: approves what moves money back, resolves exceptions.
  FINANCE,
  /// Sees everything and changes nothing.
  AUDITOR,
  /// Installs and repairs terminals; no business with money.
  TECHNICIAN,
  /// Decides who may work here; no business with money either.
  SECURITY_ADMIN
}
