package dev.counterfoil.settlement.operator;

/// What takes two operators: one who asks for it and another one who approves it. The names are hashed and stored, so a
/// constant is never renamed.
public enum GuardedAction {
  REFUND(Permission.REFUND_REQUEST, Permission.REFUND_APPROVE),
  WITHDRAWAL(Permission.WITHDRAWAL_REQUEST, Permission.WITHDRAWAL_APPROVE),
  ADJUSTMENT(Permission.ADJUSTMENT_REQUEST, Permission.ADJUSTMENT_APPROVE),
  OPERATOR_ROLE(Permission.OPERATOR_REQUEST, Permission.OPERATOR_APPROVE),
  OPERATOR_ADD(Permission.OPERATOR_REQUEST, Permission.OPERATOR_APPROVE),
  /// Another password, another authenticator, other recovery codes.
  OPERATOR_RESET(Permission.OPERATOR_REQUEST, Permission.OPERATOR_APPROVE),
  /// A program that may call the API.
  MACHINE_ADD(Permission.OPERATOR_REQUEST, Permission.OPERATOR_APPROVE),
  /// A code with which a known terminal enrols again.
  TERMINAL_RENEWAL(Permission.TERMINAL_ENROL, Permission.TERMINAL_CONFIRM),
  /// A department spends much at once: two others agree, one after the other (ACC-04, A-47).
  DEPARTMENT_TRANSFER(Permission.TRANSFER, Permission.EXPENDITURE_APPROVE);

  private final Permission toRequest;
  private final Permission toApprove;

  GuardedAction(Permission toRequest, Permission toApprove) {
    this.toRequest = toRequest;
    this.toApprove = toApprove;
  }

  public Permission toRequest() {
    return toRequest;
  }

  /// How many operators must agree besides the one who asks.
  public int levels() {
    return this == DEPARTMENT_TRANSFER ? 2 : 1;
  }

  public Permission toApprove() {
    return toApprove;
  }
}
