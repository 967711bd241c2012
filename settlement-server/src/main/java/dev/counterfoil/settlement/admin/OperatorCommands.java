package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.OperatorRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who may sign in at the API. The first operator can only come from here, where the server's own user stands.
@Command(name = "operator", description = "Take operators on and let them go.", mixinStandardHelpOptions = true)
final class OperatorCommands {

  private final AdminCommands admin;

  OperatorCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "add", description = "Take an operator on; shows password, QR code and recovery codes once.", mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME", description = "2 to 32 of a-z 0-9 . _ -, beginning with a letter.") String name,
      @Option(names = "--role", required = true, paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES}") Role role,
      @Option(names = "--no-qr", description = "Only the address that the QR code holds.") boolean noQr) {
    Recruitment.HandedOver made = admin.desk().addOperator(admin.site(), name, role, admin.operator());
    admin
        .show(new AdminTable("operator", "role", "password", "authenticator").row(name, role, made.password(),
            made.totpUri()));
    if (!admin.isJson()) {
      admin.print(noQr ? "" : QrText.of(made.totpUri()));
      admin.print("Recovery codes, each good once in place of the authenticator's code:\n");
      made.recovery().forEach(code -> admin.print("  " + code + "\n"));
      admin.print("None of this is shown again. The password must be changed at the first sign-in.\n");
    }
    return 0;
  }

  @Command(name = "list", description = "Who works here, and who did.", mixinStandardHelpOptions = true)
  int list() {
    var table = new AdminTable("number", "name", "role", "active", "password_due", "recovery_codes");
    for (OperatorRow row : admin.desk().reads().operators(admin.site())) {
      Operator operator = row.operator();
      table.row(operator.number(), operator.name(), operator.role(), operator.active(), row.passwordDue(),
          row.recovery().unused().size());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "leave", description = "Let an operator go; every session ends at once.", mixinStandardHelpOptions = true)
  int leave(@Parameters(paramLabel = "NAME") String name) {
    Operator left = admin.desk().dismissOperator(admin.site(), name, admin.operator()).operator();
    admin.show(new AdminTable("number", "name", "active").row(left.number(), left.name(), left.active()));
    return 0;
  }

  @Command(name = "unlock", description = "Lift the lock that wrong passwords brought.", mixinStandardHelpOptions = true)
  int unlock(@Parameters(paramLabel = "NAME") String name) {
    admin.desk().unlockOperator(admin.site(), name, admin.operator());
    return 0;
  }
}
