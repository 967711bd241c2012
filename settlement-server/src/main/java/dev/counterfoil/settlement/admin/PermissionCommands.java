package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What an account may do, and what its holder allows it.
@Command(name = "permission", description = "Permissions and holder's limits of an account.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class PermissionCommands {

  private final AdminCommands admin;

  PermissionCommands(AdminCommands admin) {
    this.admin = admin;
  }

  /// How much, where and when.
  static final class Bounds {

    @Option(names = "--type", defaultValue = "consumption", paramLabel = "TYPE", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    PermissionType type = PermissionType.CONSUMPTION;

    @Option(names = "--single", defaultValue = "0", paramLabel = "AMOUNT", description = "Most at once; 0 for no limit.")
    String single = "0";

    @Option(names = "--daily", defaultValue = "0", paramLabel = "AMOUNT", description = "Most in a day.")
    String daily = "0";

    @Option(names = "--monthly", defaultValue = "0", paramLabel = "AMOUNT", description = "Most in a month.")
    String monthly = "0";

    @Option(names = "--from", paramLabel = "TIME", description = "Valid from, such as 2026-12-01T00:00:00Z.")
    @Nullable
    String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Valid until.")
    @Nullable
    String until;

    PermissionRow row(int site, long account, boolean byHolder, String scope) {
      return new PermissionRow(site, account, 0, type, byHolder, scope, AdminInput.amount(single),
          AdminInput.amount(daily), AdminInput.amount(monthly), time(from), time(until), true);
    }

    private static long time(@Nullable String text) {
      return text == null ? 0 : AdminInput.time(text).toEpochMilli();
    }
  }

  @Command(name = "grant", description = "Add a permission; with one of a type, nothing else of that type is allowed.", mixinStandardHelpOptions = true)
  int grant(@Parameters(paramLabel = "ACCOUNT") String account, @Mixin Bounds bounds,
      @Option(names = "--scope", defaultValue = "", description = "Where, such as terminal:1,terminal:7; empty for everywhere.") String scope) {
    return add(bounds.row(admin.site(), AdminInput.account(account), false, scope));
  }

  @Command(name = "limit", description = "Add a limit that the holder sets, on top of every other one.", mixinStandardHelpOptions = true)
  int limit(@Parameters(paramLabel = "ACCOUNT") String account, @Mixin Bounds bounds) {
    return add(bounds.row(admin.site(), AdminInput.account(account), true, ""));
  }

  private int add(PermissionRow wanted) {
    show(List.of(admin.desk().accounts().grant(wanted, admin.operator())));
    return 0;
  }

  @Command(name = "disable", description = "Switch a permission or limit off.", mixinStandardHelpOptions = true)
  int disable(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "PERMISSION") int number) {
    return enable(account, number, false);
  }

  @Command(name = "enable", description = "Switch a permission or limit on.", mixinStandardHelpOptions = true)
  int enable(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "PERMISSION") int number) {
    return enable(account, number, true);
  }

  private int enable(String account, int number, boolean enabled) {
    show(List.of(admin.desk().accounts().enable(admin.site(), AdminInput.account(account), number, enabled,
        admin.operator())));
    return 0;
  }

  @Command(name = "list", description = "An account's permissions and limits; with none of a type it may do all of that type.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "ACCOUNT") String account) {
    long number = AdminInput.known(admin, AdminInput.account(account)).account();
    show(admin.desk().reads().profiles().permissions(admin.site(), number));
    return 0;
  }

  private void show(List<PermissionRow> rows) {
    var table = new AdminTable("permission", "type", "by_holder", "scope", "single", "daily", "monthly",
        "from", "until", "enabled");
    for (PermissionRow row : rows) {
      table.row(row.number(), row.type(), row.byHolder(),
          row.scope().isEmpty() ? "everywhere" : row.scope(), Money.decimal(row.singleMinor()),
          Money.decimal(row.dailyMinor()), Money.decimal(row.monthlyMinor()), time(row.fromMs()),
          time(row.untilMs()), row.enabled());
    }
    admin.show(table);
  }

  private static Object time(long atMs) {
    return atMs == 0 ? "-" : Instant.ofEpochMilli(atMs);
  }
}
