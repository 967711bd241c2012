package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.TransactionRow;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Corrections.
@Command(name = "adjust", description = "Correct a balance (two operators), take a wrong transaction back.", mixinStandardHelpOptions = true)
final class AdjustCommands {

  private static final int PAGE = 1000;
  private static final String KEY = "Your number of this correction; repeated with the same key it is done once.";

  private final AdminCommands admin;

  AdjustCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "give", description = "Ask that the holder gets an amount from suspense.", mixinStandardHelpOptions = true)
  int give(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT") String amount,
      @Option(names = "--reason", required = true) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    return request(account, AdminInput.amount(amount), reason, key);
  }

  @Command(name = "take", description = "Ask that an amount of the holder goes to suspense.", mixinStandardHelpOptions = true)
  int take(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT") String amount,
      @Option(names = "--reason", required = true) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    return request(account, -AdminInput.amount(amount), reason, key);
  }

  @Command(name = "approve", description = "Another operator's word: it is booked.", mixinStandardHelpOptions = true)
  int approve(@Parameters(paramLabel = "REQUEST") long number) {
    return show(List.of(admin.desk().money().approve(admin.site(), number, admin.operator())));
  }

  @Command(name = "reject", description = "Another operator refuses; nothing moves.", mixinStandardHelpOptions = true)
  int reject(@Parameters(paramLabel = "REQUEST") long number,
      @Option(names = "--reason", required = true) String reason) {
    return show(List.of(admin.desk().money().reject(admin.site(), number, reason, admin.operator())));
  }

  @Command(name = "reverse", description = "Take a wrong recharge, transfer or adjustment back by opposite movements, once.", mixinStandardHelpOptions = true)
  int reverse(
      @Parameters(paramLabel = "TRANSACTION", description = "As `account history` shows it.") String transaction,
      @Option(names = "--force", description = "Ask for it although the holder has spent the money; another operator approves.") boolean force,
      @Option(names = "--reason", required = true) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    TransactionId target = AdminInput.transaction(transaction);
    if (force) {
      return show(List.of(
          admin.desk().money().forceReversal(admin.site(), target, reason, key, admin.operator())));
    }
    TransactionRow done = admin.desk().money().reverse(admin.site(), target, reason, key, admin.operator());
    admin.show(new AdminTable("reversal", "transaction", "account", "amount").row(done.transaction(), target,
        done.account(), Money.decimal(done.amount())));
    return 0;
  }

  @Command(name = "list", description = "Adjustments and forced reversals in a state.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--state", defaultValue = "REQUESTED", description = "REQUESTED, REJECTED or DONE (default: ${DEFAULT-VALUE}).") MoneyRequestState state,
      @Option(names = "--kind", defaultValue = "ADJUSTMENT", description = "ADJUSTMENT or REVERSAL (default: ${DEFAULT-VALUE}).") MoneyRequestKind kind,
      @Option(names = "--after", defaultValue = "0", description = "Begin after this number.") long after) {
    return show(admin.desk().reads().money().requests(admin.site(), kind, state, after, PAGE));
  }

  private int request(String account, long minor, String reason, String key) {
    return show(List.of(admin.desk().money().adjust(admin.site(), AdminInput.account(account), minor, reason,
        key, admin.operator())));
  }

  private int show(List<MoneyRequestRow> rows) {
    var table = new AdminTable("request", "kind", "account", "amount", "state", "requested", "by", "reason",
        "approver", "outcome");
    for (MoneyRequestRow row : rows) {
      table.row(row.number(), row.kind(), row.account(), Money.decimal(row.amount()), row.state(),
          Instant.ofEpochMilli(row.requestedMs()), row.requester(), row.reason(), row.approver(),
          row.outcome());
    }
    admin.show(table);
    return 0;
  }
}
