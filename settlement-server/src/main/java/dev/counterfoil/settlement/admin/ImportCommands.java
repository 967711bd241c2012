package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.imports.ImportKind;
import dev.counterfoil.settlement.imports.ImportSource;
import dev.counterfoil.settlement.imports.Tally;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Files of accounts, of another system's sales and of ordered meals.
@Command(name = "import", description = "Take accounts, sales and ordered meals of another system over from files in CSV, each as a whole or not at all.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class ImportCommands {

  private final AdminCommands admin;

  ImportCommands(AdminCommands admin) {
    this.admin = admin;
  }

  /// What all are told.
  static final class Options {

    @Parameters(paramLabel = "FILE", description = "In CSV; its first row names the columns. The server reads it.")
    Path file = Path.of("");

    @Option(names = "--dry-run", description = "Check everything, say what would be written, write nothing.")
    boolean dryRun;

    @Option(names = "--source", defaultValue = ImportSource.USUAL, paramLabel = "NAME", description = "Your name for the other system; references count within it (default: ${DEFAULT-VALUE}).")
    String source = ImportSource.USUAL;

    @Option(names = "--charset", defaultValue = "UTF-8", paramLabel = "SET", description = "UTF-8 or GB18030, which is also right for GBK and GB2312 (default: ${DEFAULT-VALUE}).")
    String charset = "UTF-8";

    @Option(names = "--zone", paramLabel = "ZONE", description = "Of times in the file that have no offset, such as Asia/Shanghai or +08:00.")
    @Nullable
    String zone;

    ImportOrder order(ImportKind kind) {
      if (!ImportSource.isName(source)) {
        throw new AdminRefusal("BAD_NAME", "found=" + source + " allowed=" + ImportSource.ALLOWED);
      }
      Charset characters = ImportSource.charset(charset).orElseThrow(
          () -> new AdminRefusal("BAD_INPUT", "--charset found=" + charset + " allowed=UTF-8, GB18030"));
      return new ImportOrder(kind, file, source, characters, zone(zone), dryRun);
    }
  }

  @Command(name = "accounts", description = "Open the accounts of a file. Columns: reference, holder_name; kind, owner, owner_kind, account_name, phone, card, opening_balance, credit_limit, offline, main, until, site.", mixinStandardHelpOptions = true)
  int accounts(@Mixin Options options) {
    return run(options.order(ImportKind.ACCOUNTS));
  }

  @Command(name = "records", description = "Book the sales of a file. Columns: reference, amount, time; account, account_reference or card; merchant, sub_type, discount, product, product_name, category, category_name, quantity, unit_price, site.", mixinStandardHelpOptions = true)
  int records(@Mixin Options options) {
    return run(options.order(ImportKind.RECORDS));
  }

  @Command(name = "orders", description = "Take the ordered meals of a file. Columns: reference, day, period, dish, total; account, account_reference or card; copies, site.", mixinStandardHelpOptions = true)
  int orders(@Mixin Options options) {
    return run(options.order(ImportKind.ORDERS));
  }

  private int run(ImportOrder order) {
    ImportDeeds.Report report = admin.desk().imports().run(admin.site(), order, this::told, admin.operator());
    if (!admin.isJson()) {
      admin.print(String.format(Locale.ROOT, "%s sha256 %s: %s%n", order.file().getFileName(), report.hash(),
          order.dryRun() ? "dry run, nothing was written"
              : report.planned().count() == 0
                  ? "everything in it was imported before"
                  : "written"));
    }
    var table = new AdminTable("what", "count", "amount").row("rows in the file", report.rows(), "")
        .row("imported before", report.planned().present(), "");
    for (Tally each : report.planned().tallies()) {
      table.row(each.what(), each.count(), each.amount() == 0 ? "" : Money.decimal(each.amount()));
    }
    admin.show(table);
    return 0;
  }

  private void told(String doing, long rows, long all) {
    admin.say(doing + " " + rows + (all == 0 ? "" : " of " + all) + " rows");
  }

  private static Optional<ZoneId> zone(@Nullable String name) {
    try {
      return Optional.ofNullable(name).map(ZoneId::of);
    } catch (DateTimeException e) {
      throw new AdminRefusal("BAD_INPUT",
          "--zone found=" + name + " allowed=such as Asia/Shanghai or +08:00");
    }
  }
}
