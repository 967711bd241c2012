package dev.counterfoil.settlement.admin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verified copy, on its way back. Exit code 1 when something could not be taken in or the books are wrong.
@Command(name = "safe", description = "The verified copy of all records (safe.path).", mixinStandardHelpOptions = true)
final class SafeCommands {

  private final AdminCommands admin;

  SafeCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "replay", description = "After a restore: take the records that only the copy still has into the books. Repeating it is safe.", mixinStandardHelpOptions = true)
  int replay(
      @Parameters(paramLabel = "DIR", description = "The copy's folder (safe.path), absolute: the server reads it.") Path copy,
      @Option(names = "--dry-run", description = "Verify every record and write nothing.") boolean dryRun) {
    if (!copy.isAbsolute() || !Files.isDirectory(copy)) {
      throw new AdminRefusal("BAD_FOLDER",
          "found=" + copy + " allowed=an absolute folder that the server can read");
    }
    List<AdminDesk.Replayed> replayed = admin.desk().replaySafe(admin.site(), copy, dryRun, admin.operator());
    boolean balanced = admin.desk().verifyLedger(admin.site()).isEmpty();
    var table = new AdminTable("terminal", "name", "read", "present", dryRun ? "would_take" : "taken",
        "refused",
        "ledger", "problem");
    replayed.forEach(row -> table.row(row.terminal(), row.name(), row.read(), row.present(), row.taken(),
        row.refused(), balanced ? "balanced" : "WRONG", String.join("; ", row.problems())));
    admin.show(table);
    return balanced && replayed.stream().allMatch(row -> row.problems().isEmpty()) ? 0 : AdminCommands.FOUND;
  }
}
