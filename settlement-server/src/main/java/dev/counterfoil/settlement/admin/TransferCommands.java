package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.transfer.TransferSubType;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Money from holder to holder.
@Command(name = "transfer", description = "Move money between holders' accounts.", mixinStandardHelpOptions = true)
final class TransferCommands {

  private static final String KEY = "Your number of this transfer; repeated with the same key it is done once.";
  private static final String REASON = "Stands in the history of both accounts.";

  private final AdminCommands admin;

  TransferCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "send", description = "From one account to another.", mixinStandardHelpOptions = true)
  int send(@Parameters(paramLabel = "PAYER") String payer, @Parameters(paramLabel = "PAYEE") String payee,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 12.50.") String amount,
      @Option(names = "--reason", defaultValue = "", description = REASON) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    TransferLine line = line(payer, payee, amount);
    show(admin.desk().money().transfer(admin.site(), line, reason, key, admin.operator()), line);
    return 0;
  }

  @Command(name = "group", description = "From one account to many; each line is done or refused by itself.", mixinStandardHelpOptions = true)
  int group(@Parameters(paramLabel = "PAYER") String payer,
      @Parameters(arity = "1..*", paramLabel = "PAYEE=AMOUNT", description = "Such as 17=12.50; @FILE reads them from a file of the server.") List<String> lines,
      @Option(names = "--reason", defaultValue = "", description = REASON) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    return all(TransferSubType.GROUP, lines.stream().map(text -> {
      List<String> parts = parts(text, "=", 2, "PAYEE=AMOUNT");
      return line(payer, parts.getFirst(), parts.getLast());
    }).toList(), reason, key);
  }

  @Command(name = "batch", description = "A bulk payout; each line is done or refused by itself.", mixinStandardHelpOptions = true)
  int batch(
      @Parameters(arity = "1..*", paramLabel = "PAYER,PAYEE,AMOUNT", description = "Such as 3,17,12.50; @FILE reads them from a file of the server.") List<String> lines,
      @Option(names = "--reason", defaultValue = "", description = REASON) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    return all(TransferSubType.BATCH, lines.stream().map(text -> {
      List<String> parts = parts(text, ",", 3, "PAYER,PAYEE,AMOUNT");
      return line(parts.getFirst(), parts.get(1), parts.getLast());
    }).toList(), reason, key);
  }

  @Command(name = "back", description = "The payee of a transfer gives it back, or a part of it.", mixinStandardHelpOptions = true)
  int back(
      @Parameters(paramLabel = "TRANSACTION", description = "As `account history` shows it.") String transaction,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 2.50.") String amount,
      @Option(names = "--reason", defaultValue = "", description = REASON) String reason,
      @Option(names = "--key", required = true, description = KEY) String key) {
    TransactionRow done = admin.desk().money().giveBack(admin.site(), AdminInput.transaction(transaction),
        AdminInput.amount(amount), reason, key, admin.operator());
    long payee = admin.desk().reads().money().note(admin.site(), done.transaction()).orElseThrow()
        .otherAccount();
    show(done, new TransferLine(done.account(), payee, done.amount()));
    return 0;
  }

  private int all(TransferSubType subType, List<TransferLine> lines, String reason, String key) {
    var table = new AdminTable("line", "payer", "payee", "amount", "outcome", "transaction");
    for (TransferLineRow row : admin.desk().money().transferAll(admin.site(), subType, lines, reason, key,
        admin.operator())) {
      table.row(row.line(), row.payer(), row.payee(), Money.decimal(row.amount()),
          row.isDone() ? "DONE" : row.outcome(), row.transaction());
    }
    admin.show(table);
    return 0;
  }

  private void show(TransactionRow done, TransferLine line) {
    admin.show(new AdminTable("transfer", "payer", "payee", "amount").row(done.transaction(), line.payer(),
        line.payee(), Money.decimal(line.amount())));
  }

  private static TransferLine line(String payer, String payee, String amount) {
    return new TransferLine(AdminInput.account(payer), AdminInput.account(payee), AdminInput.amount(amount));
  }

  private static List<String> parts(String text, String between, int count, String allowed) {
    List<String> parts = List.of(text.split(between, -1));
    if (parts.size() != count) {
      throw new AdminRefusal("BAD_LINE", "found=" + text + " allowed=" + allowed);
    }
    return parts;
  }
}
