package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules.Event;
import dev.counterfoil.settlement.withdrawal.WithdrawalWay;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Money that leaves the site.
@Command(name = "withdrawal", description = "Pay a holder's money out: request, approve by another operator, paid or failed.", mixinStandardHelpOptions = true)
final class WithdrawalCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  WithdrawalCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "request", description = "Ask for it; the amount is frozen at once.", mixinStandardHelpOptions = true)
  int request(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 50.00.") String amount,
      @Option(names = "--way", required = true, description = "BANK or DRAWER (coins and notes).") WithdrawalWay way,
      @Option(names = "--reason", required = true) String reason,
      @Option(names = "--key", required = true, description = "Your number of this request; repeated with the same key it is made once.") String key) {
    return show(List.of(admin.desk().money().withdraw(admin.site(),
        new WithdrawalDesk.Order(AdminInput.account(account), AdminInput.amount(amount), way, reason,
            admin.operator()),
        key)));
  }

  @Command(name = "approve", description = "Another operator's word.", mixinStandardHelpOptions = true)
  int approve(@Parameters(paramLabel = "WITHDRAWAL") long number) {
    return step(number, new Event.Approve(admin.operator()), "");
  }

  @Command(name = "reject", description = "Another operator refuses; the amount is free again.", mixinStandardHelpOptions = true)
  int reject(@Parameters(paramLabel = "WITHDRAWAL") long number,
      @Option(names = "--reason", required = true) String reason) {
    return step(number, new Event.Reject(admin.operator()), reason);
  }

  @Command(name = "paid", description = "The bank or the cashier has paid.", mixinStandardHelpOptions = true)
  int paid(@Parameters(paramLabel = "WITHDRAWAL") long number,
      @Option(names = "--reference", required = true, description = "The bank's number or the slip's.") String reference) {
    return step(number, new Event.Paid(admin.operator()), reference);
  }

  @Command(name = "failed", description = "It could not be paid; the amount is free again.", mixinStandardHelpOptions = true)
  int failed(@Parameters(paramLabel = "WITHDRAWAL") long number,
      @Option(names = "--reason", required = true) String reason) {
    return step(number, new Event.Failed(admin.operator()), reason);
  }

  @Command(name = "list", description = "Withdrawals in a state, by number.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--state", defaultValue = "REQUESTED", description = "REQUESTED, APPROVED, REJECTED, DONE or FAILED (default: ${DEFAULT-VALUE}).") MoneyRequestState state,
      @Option(names = "--after", defaultValue = "0", description = "Begin after this number.") long after) {
    return show(admin.desk().reads().money().requests(admin.site(), MoneyRequestKind.WITHDRAWAL, state, after,
        PAGE));
  }

  private int step(long number, Event event, String said) {
    return show(List.of(admin.desk().money().withdrawal(admin.site(), number, event, said)));
  }

  private int show(List<MoneyRequestRow> rows) {
    var table = new AdminTable("withdrawal", "account", "amount", "way", "state", "requested", "by", "reason",
        "approver", "outcome");
    for (MoneyRequestRow row : rows) {
      table.row(row.number(), row.account(), Money.decimal(row.amount()), row.way(), row.state(),
          Instant.ofEpochMilli(row.requestedMs()), row.requester(), row.reason(), row.approver(),
          row.outcome());
    }
    admin.show(table);
    return 0;
  }
}
