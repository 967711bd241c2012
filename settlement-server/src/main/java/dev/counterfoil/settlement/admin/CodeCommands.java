package dev.counterfoil.settlement.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// One-time enrolment codes.
@Command(name = "code", description = "Create one-time enrolment codes.", mixinStandardHelpOptions = true)
final class CodeCommands {

  private final AdminCommands admin;

  CodeCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "create", description = "Print a code that enrols one terminal, once.", mixinStandardHelpOptions = true)
  int create(
      @Option(names = "--name", description = "What the terminal is called.", defaultValue = "") String name,
      @Option(names = "--terminal", description = "Enrol this known terminal again: its old key is revoked.", defaultValue = "0") int terminal) {
    var issued = admin.desk().createCode(admin.site(), name, terminal, admin.operator());
    admin.show(new AdminTable("code", "expires").row(issued.text(), issued.expires()));
    return 0;
  }
}
