package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.subsidy.Grant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Money that holders are granted and that is spent before their own.
@Command(name = "subsidy", description = "Grant holders money that is spent before their own.", mixinStandardHelpOptions = true)
final class SubsidyCommands {

  private final AdminCommands admin;

  SubsidyCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "grant", description = "Credit a subsidy, at once.", mixinStandardHelpOptions = true)
  int grant(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 25.00.") String amount,
      @Option(names = "--name", required = true, description = "What it is for and when, such as meal/2026-11; an account gets each name once.") String name,
      @Option(names = "--until", paramLabel = "TIME", description = "What is left then falls back, such as 2026-12-01T00:00:00Z.") @Nullable String until,
      @Option(names = "--department", defaultValue = "0", description = "Who pays for it: your number; 0 for the house.") int department,
      @Option(names = "--reason", defaultValue = "") String reason,
      @Option(names = "--key", required = true, description = "Your number of this grant; repeated with the same key it is done once.") String key) {
    long minor = AdminInput.amount(amount);
    var grant = new Grant(AdminInput.account(account), name, minor,
        until == null ? 0 : AdminInput.time(until).toEpochMilli(), department, reason, admin.operator());
    admin.desk().money().grant(admin.site(), grant, key);
    return list(account);
  }

  @Command(name = "list", description = "An account's purses, the holder's own first.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "ACCOUNT") String account) {
    AccountRow row = AdminInput.known(admin, AdminInput.account(account));
    Holdings holdings = AdminInput.ledger(admin, row);
    var table = new AdminTable("purse", "kind", "name", "balance", "until");
    table.row(row.cashLedger(), "CASH", "", Money.decimal(holdings.cash().balance()), "");
    holdings.subsidies()
        .forEach(each -> table.row(each.purse().ledger(), "SUBSIDY", each.purse().name(),
            Money.decimal(each.balance()),
            each.purse().expiresMs() == 0 ? "" : Instant.ofEpochMilli(each.purse().expiresMs())));
    admin.show(table);
    return 0;
  }
}
