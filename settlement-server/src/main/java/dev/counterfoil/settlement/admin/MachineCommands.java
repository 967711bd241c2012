package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.store.MachineRow;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Programs that may call the API.
@Command(name = "machine", description = "Let programs call the API: registers, ERP, office automation.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class MachineCommands {

  private final AdminCommands admin;

  MachineCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "add", description = "Let a program in; shows its token and signing key once.", mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME", description = "2 to 32 of a-z 0-9 . _ -, beginning with a letter.") String name,
      @Option(names = "--scope", required = true, split = ",", paramLabel = "SCOPE", description = "What it may, such as ACCOUNT_VIEW,RECHARGE.") List<Permission> scopes,
      @Option(names = "--until", required = true, paramLabel = "TIME", description = "Let in before this moment, such as 2027-12-31T00:00:00Z.") String until) {
    AdminDesk.NewMachine made = admin.desk().addMachine(admin.site(), name, scopes,
        AdminInput.time(until).toEpochMilli(), admin.operator());
    admin.show(new AdminTable("machine", "token", "key").row(name, made.token(), made.key()));
    return 0;
  }

  @Command(name = "list", description = "Programs that are let in, and that were.", mixinStandardHelpOptions = true)
  int list() {
    var table = new AdminTable("number", "name", "scopes", "expires", "revoked");
    for (MachineRow row : admin.desk().reads().office().machines(admin.site())) {
      table.row(row.number(), row.name(), row.scopes(), Instant.ofEpochMilli(row.expiresMs()),
          row.revokedMs() == 0 ? "-" : Instant.ofEpochMilli(row.revokedMs()));
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "revoke", description = "Lets a program in no more.", mixinStandardHelpOptions = true)
  int revoke(@Parameters(paramLabel = "NUMBER") long number) {
    admin.desk().revokeMachine(admin.site(), number, admin.operator());
    return 0;
  }
}
