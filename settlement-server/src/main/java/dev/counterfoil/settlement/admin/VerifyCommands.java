package dev.counterfoil.settlement.admin;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Checks that take nobody's word for it. Exit code 1 when something is wrong.
@Command(name = "verify", description = "Check the ledger or a terminal's chain.", mixinStandardHelpOptions = true)
final class VerifyCommands {

  private final AdminCommands admin;

  VerifyCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "ledger", description = "Recompute every balance of the site from its transfers.", mixinStandardHelpOptions = true)
  int ledger() {
    List<String> differences = admin.desk().verifyLedger(admin.site());
    var table = new AdminTable("site", "ledger", "difference");
    if (differences.isEmpty()) {
      table.row(admin.site(), "balanced", "");
    }
    differences.forEach(difference -> table.row(admin.site(), "WRONG", difference));
    admin.show(table);
    return differences.isEmpty() ? 0 : AdminCommands.FOUND;
  }

  @Command(name = "chain", description = "Check every link and every signature of a terminal.", mixinStandardHelpOptions = true)
  int chain(@Parameters(paramLabel = "TERMINAL") int terminal) {
    var report = admin.desk().verifyChain(admin.site(), terminal);
    boolean whole = report.problem().isEmpty();
    admin.show(new AdminTable("terminal", "chain", "records", "first", "last", "problem").row(terminal,
        whole ? "whole" : "BROKEN", report.records(), report.firstSeq(), report.lastSeq(), report.problem()));
    return whole ? 0 : AdminCommands.FOUND;
  }
}
