package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.FreezeRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Amounts and accounts that may not be used.
@Command(name = "freeze", description = "Freeze an amount or a whole account; `unfreeze` ends it.", mixinStandardHelpOptions = true)
final class FreezeCommands {

  private static final int PAGE = 1000;
  private static final String KIND = "TRANSACTION, ADMINISTRATIVE or SECURITY.";
  private static final String UNTIL = "It ends by itself then, such as 2026-11-21T12:00:00Z.";
  private static final String ONLY_IF = "What must be met before it is unfrozen.";
  private static final String KEY = "Your number of this freeze; repeated with the same key it is done once.";

  private final AdminCommands admin;

  FreezeCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "amount", description = "The holder keeps it and cannot spend it.", mixinStandardHelpOptions = true)
  int amount(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 50.00.") String amount,
      @Option(names = "--kind", required = true, description = KIND) FreezeKind kind,
      @Option(names = "--reason", required = true) String reason,
      @Option(names = "--only-if", defaultValue = "", paramLabel = "CONDITION", description = ONLY_IF) String condition,
      @Option(names = "--until", paramLabel = "TIME", description = UNTIL) @Nullable String until,
      @Option(names = "--key", required = true, description = KEY) String key) {
    long minor = AdminInput.amount(amount);
    if (minor == 0) {
      throw new AdminRefusal("BAD_AMOUNT", "found=" + amount + " allowed=more than 0");
    }
    return freeze(FreezeOrder.ofAmount(AdminInput.account(account), minor, kind, reason, admin.operator())
        .onlyIf(condition).until(expiry(until)), key);
  }

  @Command(name = "account", description = "No purchases, transfers and withdrawals at all.", mixinStandardHelpOptions = true)
  int account(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--kind", required = true, description = KIND) FreezeKind kind,
      @Option(names = "--reason", required = true) String reason,
      @Option(names = "--only-if", defaultValue = "", paramLabel = "CONDITION", description = ONLY_IF) String condition,
      @Option(names = "--until", paramLabel = "TIME", description = UNTIL) @Nullable String until,
      @Option(names = "--key", required = true, description = KEY) String key) {
    return freeze(FreezeOrder.ofAccount(AdminInput.account(account), kind, reason, admin.operator())
        .onlyIf(condition).until(expiry(until)), key);
  }

  @Command(name = "list", description = "An account's freezes, ended ones too.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--after", defaultValue = "0", description = "Begin after this freeze.") long after) {
    long number = AdminInput.known(admin, AdminInput.account(account)).account();
    show(admin, admin.desk().reads().money().freezesOf(admin.site(), number, after, PAGE));
    return 0;
  }

  private int freeze(FreezeOrder order, String key) {
    show(admin, List.of(admin.desk().money().freeze(admin.site(), order, key)));
    return 0;
  }

  private static long expiry(@Nullable String until) {
    return until == null ? 0 : AdminInput.time(until).toEpochMilli();
  }

  static void show(AdminCommands admin, List<FreezeRow> freezes) {
    var table = new AdminTable("freeze", "account", "amount", "kind", "reason", "condition", "by", "at",
        "until", "ended", "end_reason", "ended_by");
    for (FreezeRow row : freezes) {
      FreezeRow.End end = row.end();
      table.row(row.number(), row.account(), row.isOfWholeAccount() ? "all" : Money.decimal(row.amount()),
          row.kind(), row.reason(), row.condition(), row.operator(), Instant.ofEpochMilli(row.atMs()),
          row.expiresMs() == 0 ? "" : Instant.ofEpochMilli(row.expiresMs()), end == null ? "" : end.kind(),
          end == null ? "" : end.reason(), end == null ? "" : end.operator());
    }
    admin.show(table);
  }
}
