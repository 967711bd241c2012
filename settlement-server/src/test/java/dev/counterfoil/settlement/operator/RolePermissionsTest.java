package dev.counterfoil.settlement.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.operator.Permission.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolePermissionsTest {

  /// The columns are CASHIER, FINANCE, AUDITOR, TECHNICIAN, SECURITY_ADMIN.
  private static final String TABLE = """
      ACCOUNT_VIEW       x x x - -
      ACCOUNT_MANAGE     x x - - -
      ACCOUNT_FREEZE     x x - - -
      CARD_MANAGE        x - - - -
      CHARGE             x x - - -
      RECHARGE           x x - - -
      TRANSFER           x x - - -
      REFUND_REQUEST     x x - - -
      REFUND_APPROVE     - x - - -
      WITHDRAWAL_REQUEST x x - - -
      WITHDRAWAL_APPROVE - x - - -
      ADJUSTMENT_REQUEST - x - - -
      ADJUSTMENT_APPROVE - x - - -
      SUBSIDY_GRANT      - x - - -
      IMPORT             - x - - -
      EXPENDITURE_APPROVE - x - - -
      EXCEPTION_VIEW     - x x x -
      EXCEPTION_RESOLVE  - x - - -
      LEDGER_VIEW        - x x - -
      REPORT_VIEW        - x x - -
      TERMINAL_VIEW      - x x x x
      TERMINAL_ENROL     - - - x -
      TERMINAL_CONFIRM   - - - x x
      SETTING_CHANGE     - - - - x
      AUDIT_VIEW         - - x - x
      OPERATOR_VIEW      - - x - x
      OPERATOR_REQUEST   - - - - x
      OPERATOR_APPROVE   - - - - x
      APPROVAL_VIEW      x x x x x
      APPROVAL_DECIDE    - x - x x
      """;

  @Test
  void whoMayDoWhat() {
    String found = Arrays.stream(Permission.values())
        .map(permission -> String.format("%-18s", permission) + Arrays.stream(Role.values())
            .map(role -> RolePermissions.allows(role, permission) ? " x" : " -")
            .collect(Collectors.joining()))
        .collect(Collectors.joining("\n", "", "\n"));

    assertThat(found).isEqualTo(TABLE);
  }

  @Test
  void thePageShowsTheSameTable() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("../docs/SECURITY.md"));

    assertThat(rows).containsSubsequence(TABLE.lines().map(line -> line.split("\\s+"))
        .map(row -> "| `" + row[0] + "` | "
            + Arrays.stream(row).skip(1).map(cell -> cell.equals("x") ? "x" : "")
                .collect(Collectors.joining(" | "))
            + " |")
        .toList());
  }

  @ParameterizedTest
  @EnumSource
  void anAuditorOnlyReads(Permission permission) {
    assertThat(RolePermissions.allows(Role.AUDITOR, permission) && permission.kind() != Kind.READS).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"TECHNICIAN", "SECURITY_ADMIN", "AUDITOR"})
  void onlyCashierAndFinanceMoveMoney(Role role) {
    assertThat(Permission.values()).filteredOn(permission -> permission.kind() == Kind.MOVES_MONEY)
        .noneMatch(permission -> RolePermissions.allows(role, permission));
  }

  @ParameterizedTest
  @EnumSource
  void whoeverHasLeftMayNothing(Role role) {
    Operator gone = new Operator(1, 7, "li.wei", role, true).left();

    assertThat(Permission.values()).noneMatch(gone::may);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Li", "1li", "li wei", "李伟", "a23456789012345678901234567890123", "li\n"})
  void aNameIsWhatCanBeTypedEverywhere(String name) {
    assertThatThrownBy(() -> new Operator(1, 7, name, Role.CASHIER, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
