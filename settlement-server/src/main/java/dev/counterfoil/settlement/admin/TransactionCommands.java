package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Transactions of all kinds (PAY-26).
@Command(name = "transaction", description = "Look for transactions.", mixinStandardHelpOptions = true)
final class TransactionCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  TransactionCommands(AdminCommands admin) {
    this.admin = admin;
  }

  /// What `--account` and the other options say; all may be left out.
  static final class Wanted {

    @Option(names = "--from", paramLabel = "TIME", defaultValue = "1970-01-01T00:00:00Z", description = "Settled at or after it, such as 2026-11-21T12:00:00Z.")
    private String from = "";
    @Option(names = "--until", paramLabel = "TIME", defaultValue = "9999-01-01T00:00:00Z", description = "Settled before it.")
    private String until = "";
    @Option(names = "--account", paramLabel = "ACCOUNT", defaultValue = "0", description = "That changed this account's balance.")
    private String account = "";
    @Option(names = "--terminal", paramLabel = "N", defaultValue = "0", description = "Of this terminal only.")
    private int terminal;
    @Option(names = "--kind", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private @Nullable TransactionKind kind;
    @Option(names = "--least", paramLabel = "AMOUNT", defaultValue = "0", description = "Of at least this amount, such as 2.50.")
    private String least = "";
    @Option(names = "--most", paramLabel = "AMOUNT", defaultValue = "90000000000000", description = "Of at most this amount.")
    private String most = "";
    @Option(names = "--merchant", paramLabel = "N", defaultValue = "0", description = "That paid this merchant, or were paid back by it.")
    private long merchant;
    @Option(names = "--location", paramLabel = "N", defaultValue = "0", description = "At a terminal that stands there (admin terminal place).")
    private long location;
    @Option(names = "--category", paramLabel = "N", defaultValue = "0", description = "With goods of this category.")
    private long category;
    @Option(names = "--product", paramLabel = "CODE", defaultValue = "", description = "With this product among the goods.")
    private String product = "";

    TransactionSearch search() {
      return new TransactionSearch(AdminInput.time(from).toEpochMilli(),
          AdminInput.time(until).toEpochMilli(),
          AdminInput.account(account), terminal, kind, AdminInput.amount(least),
          AdminInput.amount(most), new TransactionSearch.Where(merchant, location, category, product));
    }
  }

  @Command(name = "search", description = "Transactions of all kinds, the newest first.", mixinStandardHelpOptions = true)
  int search(@Mixin Wanted wanted,
      @Option(names = "--after", paramLabel = "TRANSACTION", defaultValue = "", description = "Go on behind this one, the last of the page before.") String after,
      @Option(names = "--limit", defaultValue = "100") int limit) {
    var table = new AdminTable("at", "transaction", "kind", "terminal", "account", "amount", "offline");
    TransactionSearch.Place place = after.isEmpty() ? TransactionSearch.Place.FIRST : place(after);
    for (TransactionRow row : admin.desk().reads().transactions(admin.site(), wanted.search(), place,
        Math.clamp(limit, 1, PAGE))) {
      table.row(Instant.ofEpochMilli(row.atMs()), row.transaction(), row.kind(), row.terminal(),
          row.account(),
          Money.decimal(row.amount()), row.offline());
    }
    admin.show(table);
    return 0;
  }

  private TransactionSearch.Place place(String after) {
    TransactionId id = AdminInput.transaction(after);
    return admin.desk().reads().transaction(admin.site(), id)
        .map(TransactionSearch.Place::after)
        .orElseThrow(
            () -> new AdminRefusal("BAD_TRANSACTION", "found=" + after + " allowed=one of this site"));
  }
}
