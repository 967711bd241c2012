package dev.counterfoil.settlement.operator;

import static dev.counterfoil.settlement.operator.Role.AUDITOR;
import static dev.counterfoil.settlement.operator.Role.CASHIER;
import static dev.counterfoil.settlement.operator.Role.FINANCE;
import static dev.counterfoil.settlement.operator.Role.SECURITY_ADMIN;
import static dev.counterfoil.settlement.operator.Role.TECHNICIAN;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The one table of who may do what (SEC-05); the same table is in docs/SECURITY.md. What stands nowhere is forbidden.
public final class RolePermissions {

  private static final Map<Permission, Set<Role>> TABLE = table();

  private RolePermissions() {}

  public static boolean allows(Role role, Permission permission) {
    return rolesWith(permission).contains(role);
  }

  /// Those who may, in the order of their declaration; unmodifiable.
  public static Set<Role> rolesWith(Permission permission) {
    return TABLE.getOrDefault(permission, Collections.emptySet());
  }

  private static Map<Permission, Set<Role>> table() {
    var table = new EnumMap<Permission, Set<Role>>(Permission.class);
    row(table, Permission.ACCOUNT_VIEW, CASHIER, FINANCE, AUDITOR);
    row(table, Permission.ACCOUNT_MANAGE, CASHIER, FINANCE);
    row(table, Permission.ACCOUNT_FREEZE, CASHIER, FINANCE);
    row(table, Permission.CARD_MANAGE, CASHIER);
    row(table, Permission.CHARGE, CASHIER, FINANCE);
    row(table, Permission.RECHARGE, CASHIER, FINANCE);
    row(table, Permission.TRANSFER, CASHIER, FINANCE);
    row(table, Permission.REFUND_REQUEST, CASHIER, FINANCE);
    row(table, Permission.REFUND_APPROVE, FINANCE);
    row(table, Permission.WITHDRAWAL_REQUEST, CASHIER, FINANCE);
    row(table, Permission.WITHDRAWAL_APPROVE, FINANCE);
    row(table, Permission.ADJUSTMENT_REQUEST, FINANCE);
    row(table, Permission.ADJUSTMENT_APPROVE, FINANCE);
    row(table, Permission.SUBSIDY_GRANT, FINANCE);
    row(table, Permission.IMPORT, FINANCE);
    row(table, Permission.EXPENDITURE_APPROVE, FINANCE);
    row(table, Permission.EXCEPTION_VIEW, FINANCE, AUDITOR, TECHNICIAN);
    row(table, Permission.EXCEPTION_RESOLVE, FINANCE);
    row(table, Permission.LEDGER_VIEW, FINANCE, AUDITOR);
    row(table, Permission.REPORT_VIEW, FINANCE, AUDITOR);
    row(table, Permission.TERMINAL_VIEW, FINANCE, AUDITOR, TECHNICIAN, SECURITY_ADMIN);
    row(table, Permission.TERMINAL_ENROL, TECHNICIAN);
    row(table, Permission.TERMINAL_CONFIRM, TECHNICIAN, SECURITY_ADMIN);
    row(table, Permission.SETTING_CHANGE, SECURITY_ADMIN);
    row(table, Permission.AUDIT_VIEW, AUDITOR, SECURITY_ADMIN);
    row(table, Permission.OPERATOR_VIEW, AUDITOR, SECURITY_ADMIN);
    row(table, Permission.OPERATOR_REQUEST, SECURITY_ADMIN);
    row(table, Permission.OPERATOR_APPROVE, SECURITY_ADMIN);
    row(table, Permission.APPROVAL_VIEW, CASHIER, FINANCE, AUDITOR, TECHNICIAN, SECURITY_ADMIN);
    row(table, Permission.APPROVAL_DECIDE, FINANCE, TECHNICIAN, SECURITY_ADMIN);
    return table;
  }

  private static void row(Map<Permission, Set<Role>> table, Permission permission, Role... roles) {
    table.put(permission, Collections.unmodifiableSet(EnumSet.copyOf(List.of(roles))));
  }
}
