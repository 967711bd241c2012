package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.settlement.store.TransactionRow;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What terminals sold, and paying it back.
@Command(name = "sale", description = "List sales, pay them back.", mixinStandardHelpOptions = true)
final class SaleCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  SaleCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "list", description = "A terminal's sales in the order of its records.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "TERMINAL", description = "Its number.") int terminal,
      @Option(names = "--after", defaultValue = "0", description = "Begin after this record.") long after,
      @Option(names = "--limit", defaultValue = "100") int limit) {
    var table = new AdminTable("record", "at", "transaction", "kind", "account", "amount", "refunded");
    admin.desk().reads().transactionsOf(admin.site(), terminal, after, Math.clamp(limit, 1, PAGE)).stream()
        .filter(row -> row.kind().isSale()).forEach(row -> row(table, row));
    admin.show(table);
    return 0;
  }

  private void row(AdminTable table, TransactionRow row) {
    table.row(row.seq(), Instant.ofEpochMilli(row.atMs()), row.transaction(), row.kind(), row.account(),
        Money.decimal(row.amount()), Money.decimal(RefundDesk.refunded(admin.desk().reads(), row)));
  }

  @Command(name = "refund", description = "Pay a sale back, or a part of it, to where its money came from.", mixinStandardHelpOptions = true)
  int refund(
      @Parameters(paramLabel = "TRANSACTION", description = "As `sale list` shows it.") String transaction,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 2.50.") String amount,
      @Option(names = "--key", required = true, description = "Your number of this refund; repeated with the same key it is done once.") String key) {
    RefundDesk.Refunded done = admin.desk().refund(admin.site(), AdminInput.transaction(transaction),
        AdminInput.amount(amount), key, admin.operator());
    admin.show(new AdminTable("refund", "sale", "account", "amount", "left").row(done.row().transaction(),
        transaction, done.row().account(), Money.decimal(-done.row().amount()), Money.decimal(done.left())));
    return 0;
  }
}
