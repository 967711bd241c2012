package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.settlement.store.SyncRow;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What terminals sent and what became of it.
@Command(name = "sync", description = "The log of all syncs.", mixinStandardHelpOptions = true)
final class SyncCommands {

  private static final int MOST = 10_000;

  private final AdminCommands admin;

  SyncCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "log", description = "The newest syncs, the newest last. FAILED: tries in vain, told by the terminal.", mixinStandardHelpOptions = true)
  int log(
      @Option(names = "--terminal", defaultValue = "0", paramLabel = "N", description = "Of this terminal only.") int terminal,
      @Option(names = "--last", defaultValue = "50", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).") int last) {
    var table = new AdminTable("entry", "terminal", "outcome", "started", "ended", "from", "to", "records",
        "bytes", "failures", "alert");
    for (SyncRow row : admin.desk().reads().syncs(admin.site(), terminal, Math.clamp(last, 1, MOST))) {
      table.row(row.entry(), row.terminal(), row.outcome(), Instant.ofEpochMilli(row.startedMs()),
          Instant.ofEpochMilli(row.endedMs()), row.fromSeq(), row.toSeq(), row.records(), row.bytes(),
          row.failures(), row.failures() >= Backoff.ALERT_AFTER ? "ALERT" : "");
    }
    admin.show(table);
    return 0;
  }
}
