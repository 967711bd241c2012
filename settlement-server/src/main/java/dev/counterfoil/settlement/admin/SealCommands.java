package dev.counterfoil.settlement.admin;

import picocli.CommandLine.Command;

/// The keys of sealed columns.
@Command(name = "seal", description = "Keys of sealed columns.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class SealCommands {

  private final AdminCommands admin;

  SealCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "rotate", description = "Seal everything of this site that an older key sealed with the newest one. The oldest line stays where holders have passwords.", mixinStandardHelpOptions = true)
  int rotate() {
    SealRotation.Rotated done = admin.desk().rotateSeals(admin.site(), admin.operator());
    admin.show(new AdminTable("operators", "machines", "contacts").row(done.operators(), done.machines(),
        done.contacts()));
    return 0;
  }
}
