package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.balance.BalanceChange;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.protocol.policy.AccountStatus;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holders' accounts.
@Command(name = "account", description = "Open, list, freeze and close accounts.", mixinStandardHelpOptions = true)
final class AccountCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  AccountCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "open", description = "Open an account.", mixinStandardHelpOptions = true)
  int open(@Option(names = "--holder", required = true, description = "The holder's name.") String holder,
      @Option(names = "--no-offline", description = "Terminals may not approve without the server.") boolean noOffline) {
    show(List.of(admin.desk().openAccount(admin.site(), holder, !noOffline, admin.operator())));
    return 0;
  }

  @Command(name = "list", description = "Accounts by number.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--after", defaultValue = "0", description = "Begin after this account.") long after,
      @Option(names = "--limit", defaultValue = "1000") int limit) {
    show(admin.desk().reads().accounts(admin.site(), after, Math.clamp(limit, 1, PAGE)));
    return 0;
  }

  @Command(name = "show", description = "One account.", mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ACCOUNT") String account) {
    long number = AdminInput.account(account);
    show(List.of(AdminInput.known(admin, number)));
    return 0;
  }

  @Command(name = "history", description = "Every change of an account's balance, in order.", mixinStandardHelpOptions = true)
  int history(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--after", defaultValue = "0", paramLabel = "N", description = "Begin after this movement.") long after,
      @Option(names = "--limit", defaultValue = "100", description = "Transactions (default: ${DEFAULT-VALUE}).") int limit) {
    AccountRow row = AdminInput.known(admin, AdminInput.account(account));
    var table = new AdminTable("change", "at", "movement", "type", "reason", "amount", "frozen", "before",
        "after", "operator", "remark", "transaction");
    for (BalanceChange change : new BalanceHistory(admin.desk().reads(), row).changes(after,
        Math.clamp(limit, 1, PAGE))) {
      table.row(change.id(), Instant.ofEpochMilli(change.transaction().atMs()), change.transfer(),
          change.type(), change.reason(), Money.decimal(change.change()), Money.decimal(change.frozen()),
          Money.decimal(change.before()), Money.decimal(change.after()), change.operator(), change.remark(),
          change.transaction().transaction());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "freeze", description = "No purchases until unfreeze.", mixinStandardHelpOptions = true)
  int freeze(@Parameters(paramLabel = "ACCOUNT") String account) {
    return status(account, AccountStatus.FROZEN);
  }

  @Command(name = "unfreeze", description = "End a freeze, a loss report or a restriction.", mixinStandardHelpOptions = true)
  int unfreeze(@Parameters(paramLabel = "ACCOUNT") String account) {
    long number = AdminInput.account(account);
    if (AdminInput.known(admin, number).restricted()) {
      admin.desk().liftRestriction(admin.site(), number, admin.operator());
    }
    return status(account, AccountStatus.NORMAL);
  }

  @Command(name = "close", description = "Close an account with nothing in it.", mixinStandardHelpOptions = true)
  int close(@Parameters(paramLabel = "ACCOUNT") String account) {
    return status(account, AccountStatus.CANCELLED);
  }

  @Command(name = "loss", description = "Report a loss: refused online at once, offline within one list period.", mixinStandardHelpOptions = true)
  int loss(@Parameters(paramLabel = "ACCOUNT") String account) {
    return status(account, AccountStatus.LOST);
  }

  private int status(String account, AccountStatus status) {
    show(List.of(admin.desk().setAccountStatus(admin.site(), AdminInput.account(account), status,
        admin.operator())));
    return 0;
  }

  private void show(List<AccountRow> accounts) {
    var table = new AdminTable("account", "number", "holder", "status", "restricted", "offline", "balance",
        "available",
        "currency");
    for (AccountRow row : accounts) {
      var ledger = AdminInput.ledger(admin, row);
      table.row(row.account(), row.number(), row.holderName(), row.status(), row.restricted(),
          row.enableOffline(),
          Money.decimal(ledger.balance()), Money.decimal(ledger.available()), row.currency());
    }
    admin.show(table);
  }
}
