package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.ArrivalState;
import dev.counterfoil.settlement.store.RechargeMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Recharges that a bank, a slip, a machine, a payroll or a grant proves.
@Command(name = "arrival", description = "Recharges by bank transfer, card slip, machine, payroll and grant.", mixinStandardHelpOptions = true)
final class ArrivalCommands {

  private static final int PAGE = 1000;
  private static final String METHOD = "BANK_TRANSFER, BANK_CARD, ONE_CARD, PAYROLL or SUBSIDY.";

  private final AdminCommands admin;

  ArrivalCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "announce", description = "Take lines of a bank's or the payroll's list; a line again changes nothing.", mixinStandardHelpOptions = true)
  int announce(
      @Parameters(arity = "1..*", paramLabel = "ACCOUNT,AMOUNT,REFERENCE", description = "Such as 17,120.00,PAY-2026-11-17; @FILE reads them from a file of the server.") List<String> lines,
      @Option(names = "--method", required = true, description = METHOD) RechargeMethod method) {
    if (method == RechargeMethod.CASH || method.gateway().isPresent()) {
      throw new AdminRefusal("BAD_METHOD", "found=" + method + " allowed=" + METHOD);
    }
    List<ArrivalDesk.Announced> all = lines.stream().map(line -> line(line, method)).toList();
    List<ArrivalRow> rows = new ArrayList<>();
    all.forEach(what -> rows.add(admin.desk().recharges().announce(admin.site(), what)));
    return show(rows);
  }

  /// Every line is read before the first one is done.
  private ArrivalDesk.Announced line(String text, RechargeMethod method) {
    String[] parts = text.split(",", 3);
    if (parts.length < 3 || parts[2].isBlank()) {
      throw new AdminRefusal("BAD_LINE", "found=" + text + " allowed=ACCOUNT,AMOUNT,REFERENCE");
    }
    return new ArrivalDesk.Announced(AdminInput.account(parts[0].strip()),
        AdminInput.amount(parts[1].strip()), method, parts[2].strip(), admin.operator());
  }

  @Command(name = "confirm", description = "The money is there before its day.", mixinStandardHelpOptions = true)
  int confirm(@Parameters(paramLabel = "RECHARGE") long number) {
    return show(List.of(admin.desk().recharges().confirm(admin.site(), number, admin.operator())));
  }

  @Command(name = "cancel", description = "The money never came; its reference is free again.", mixinStandardHelpOptions = true)
  int cancel(@Parameters(paramLabel = "RECHARGE") long number,
      @Option(names = "--reason", required = true) String reason) {
    return show(List.of(admin.desk().recharges().cancel(admin.site(), number, reason, admin.operator())));
  }

  @Command(name = "list", description = "Announced recharges in a state, by number.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--state", defaultValue = "PENDING", description = "PENDING, DONE or CANCELLED (default: ${DEFAULT-VALUE}).") ArrivalState state,
      @Option(names = "--after", defaultValue = "0", description = "Begin after this number.") long after) {
    return show(admin.desk().reads().recharges().arrivals(admin.site(), state, after, PAGE));
  }

  private int show(List<ArrivalRow> rows) {
    var table = new AdminTable("recharge", "account", "amount", "fee", "method", "reference", "state",
        "arrives", "by");
    for (ArrivalRow row : rows) {
      table.row(row.number(), row.account(), Money.decimal(row.amount()), Money.decimal(row.feeMinor()),
          row.method(), row.reference(), row.state(), Instant.ofEpochMilli(row.arrivesMs()), row.operator());
    }
    admin.show(table);
    return 0;
  }
}
