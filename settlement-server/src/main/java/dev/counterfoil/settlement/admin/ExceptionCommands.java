package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.ExceptionRow;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What people must look at.
@Command(name = "exception", description = "List and resolve exceptions.", mixinStandardHelpOptions = true)
final class ExceptionCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  ExceptionCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "list", description = "Open exceptions, the oldest first.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--all", description = "Resolved ones too.") boolean all,
      @Option(names = "--after", defaultValue = "0", description = "Begin after this exception.") long after,
      @Option(names = "--limit", defaultValue = "1000") int limit) {
    var table = new AdminTable("exception", "code", "terminal", "seq", "account", "amount", "raised",
        "detail",
        "resolution");
    for (ExceptionRow row : admin.desk().reads().exceptions(admin.site(), !all, after,
        Math.clamp(limit, 1, PAGE))) {
      table.row(row.exception(), row.kind(), row.terminal(), row.seq(), row.account(),
          Money.decimal(row.amount()),
          Instant.ofEpochMilli(row.raisedAtMs()), row.detail(), row.resolution());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "resolve", description = "Say what was done about an exception.", mixinStandardHelpOptions = true)
  int resolve(@Parameters(paramLabel = "EXCEPTION") long exception,
      @Option(names = "--note", required = true, description = "What was done.") String note) {
    admin.desk().resolve(admin.site(), exception, note, admin.operator());
    admin.show(new AdminTable("exception", "resolution", "by").row(exception, note, admin.operator()));
    return 0;
  }
}
