package dev.counterfoil.settlement.operator;

/// One thing that an operator may be allowed to do. Who may, stands in {@link RolePermissions}. The names are stored, so a
/// constant is never renamed.
public enum Permission {
  ACCOUNT_VIEW(Kind.READS),
  ACCOUNT_MANAGE(Kind.CHANGES),
  ACCOUNT_FREEZE(Kind.CHANGES),
  CARD_MANAGE(Kind.CHANGES),
  /// Charging a card at a counter: provisional amounts and their settlement.
  CHARGE(Kind.MOVES_MONEY),
  RECHARGE(Kind.MOVES_MONEY),
  TRANSFER(Kind.MOVES_MONEY),
  REFUND_REQUEST(Kind.MOVES_MONEY),
  REFUND_APPROVE(Kind.MOVES_MONEY),
  WITHDRAWAL_REQUEST(Kind.MOVES_MONEY),
  WITHDRAWAL_APPROVE(Kind.MOVES_MONEY),
  ADJUSTMENT_REQUEST(Kind.MOVES_MONEY),
  ADJUSTMENT_APPROVE(Kind.MOVES_MONEY),
  SUBSIDY_GRANT(Kind.MOVES_MONEY),
  /// Taking accounts and sales of another system over from files.
  IMPORT(Kind.MOVES_MONEY),
  /// Agreeing to what a department spends at once.
  EXPENDITURE_APPROVE(Kind.MOVES_MONEY),
  EXCEPTION_VIEW(Kind.READS),
  EXCEPTION_RESOLVE(Kind.CHANGES),
  LEDGER_VIEW(Kind.READS),
  REPORT_VIEW(Kind.READS),
  TERMINAL_VIEW(Kind.READS),
  TERMINAL_ENROL(Kind.CHANGES),
  TERMINAL_CONFIRM(Kind.CHANGES),
  SETTING_CHANGE(Kind.CHANGES),
  AUDIT_VIEW(Kind.READS),
  OPERATOR_VIEW(Kind.READS),
  OPERATOR_REQUEST(Kind.CHANGES),
  OPERATOR_APPROVE(Kind.CHANGES),
  /// Seeing requests that take two operators: those that one may ask for or decide about.
  APPROVAL_VIEW(Kind.READS),
  /// Deciding about such requests at all; which ones, says the permission of what is asked for.
  APPROVAL_DECIDE(Kind.CHANGES);

  /// What a permission amounts to.
  public enum Kind {
    READS,
    CHANGES,
    MOVES_MONEY
  }

  private final Kind kind;

  Permission(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
