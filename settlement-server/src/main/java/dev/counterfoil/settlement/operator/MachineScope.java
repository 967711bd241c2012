package dev.counterfoil.settlement.operator;

import java.util.Locale;
import java.util.stream.Stream;

/// What a machine may be allowed: the work of a desk and looking. Never deciding about what somebody else asked for, and
/// never who may work here: those are for people.
public final class MachineScope {

  private MachineScope() {}

  public static boolean admits(Permission permission) {
    return switch (permission) {
      case ACCOUNT_VIEW, ACCOUNT_MANAGE, ACCOUNT_FREEZE, CARD_MANAGE, CHARGE, RECHARGE, TRANSFER,
          REFUND_REQUEST,
          WITHDRAWAL_REQUEST, EXCEPTION_VIEW, LEDGER_VIEW, REPORT_VIEW, TERMINAL_VIEW ->
        true;
      case REFUND_APPROVE, WITHDRAWAL_APPROVE, ADJUSTMENT_REQUEST, ADJUSTMENT_APPROVE, EXCEPTION_RESOLVE,
          TERMINAL_ENROL, TERMINAL_CONFIRM, SETTING_CHANGE, AUDIT_VIEW, OPERATOR_VIEW, OPERATOR_REQUEST,
          OPERATOR_APPROVE, APPROVAL_VIEW, APPROVAL_DECIDE, SUBSIDY_GRANT, IMPORT,
          EXPENDITURE_APPROVE ->
        false;
    };
  }

  /// All of them, for people: `ACCOUNT_VIEW, …`.
  public static String words() {
    return String.join(", ", Stream.of(Permission.values()).filter(MachineScope::admits)
        .map(each -> each.name().toUpperCase(Locale.ROOT)).toList());
  }
}
