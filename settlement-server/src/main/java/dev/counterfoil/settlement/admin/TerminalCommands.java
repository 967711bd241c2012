package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Terminals: who they are and where their chains stand.
@Command(name = "terminal", description = "List, confirm, freeze and revoke terminals.", mixinStandardHelpOptions = true)
final class TerminalCommands {

  private final AdminCommands admin;

  TerminalCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "list", description = "All terminals of the site.", mixinStandardHelpOptions = true)
  int list() {
    show(admin.desk().reads().terminals(admin.site()));
    return 0;
  }

  @Command(name = "show", description = "One terminal.", mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "TERMINAL") int terminal) {
    TerminalRow row = admin.desk().reads().terminal(admin.site(), terminal)
        .orElseThrow(
            () -> new AdminRefusal("NO_SUCH_TERMINAL", "site=" + admin.site() + " terminal=" + terminal));
    show(List.of(row));
    return 0;
  }

  @Command(name = "confirm", description = "The second operator's word: the terminal may sell.", mixinStandardHelpOptions = true)
  int confirm(@Parameters(paramLabel = "TERMINAL") int terminal) {
    show(List.of(admin.desk().confirm(admin.site(), terminal, admin.operator())));
    return 0;
  }

  @Command(name = "freeze", description = "Take nothing from this terminal until unfreeze.", mixinStandardHelpOptions = true)
  int freeze(@Parameters(paramLabel = "TERMINAL") int terminal,
      @Option(names = "--reason", defaultValue = "by an operator") String reason) {
    show(List.of(admin.desk().freeze(admin.site(), terminal, reason, admin.operator())));
    return 0;
  }

  @Command(name = "unfreeze", description = "End a freeze.", mixinStandardHelpOptions = true)
  int unfreeze(@Parameters(paramLabel = "TERMINAL") int terminal) {
    show(List.of(admin.desk().unfreeze(admin.site(), terminal, admin.operator())));
    return 0;
  }

  @Command(name = "revoke", description = "Refuse this terminal's certificate and key for ever.", mixinStandardHelpOptions = true)
  int revoke(@Parameters(paramLabel = "TERMINAL") int terminal,
      @Option(names = "--reason", defaultValue = "by an operator") String reason) {
    show(List.of(admin.desk().revoke(admin.site(), terminal, reason, admin.operator())));
    return 0;
  }

  private void show(List<TerminalRow> terminals) {
    var table = new AdminTable("terminal", "name", "status", "received", "settled", "safe", "epoch", "id",
        "reason");
    for (TerminalRow row : terminals) {
      HeadRow head = admin.desk().reads().head(row.site(), row.terminal())
          .orElseThrow(() -> new IllegalStateException("terminal " + row.terminal() + " has no head"));
      table.row(row.terminal(), row.name(), row.status(), head.received().seq(), head.settled().seq(),
          head.safe().seq(), Integer.toUnsignedLong(row.confirmed().number()), row.terminalId(),
          row.reason());
    }
    admin.show(table);
  }
}
