package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.recharge.BillComparison;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Orders at payment gateways and the gateways' bills.
@Command(name = "gateway", description = "Orders at payment gateways, and their bills held against the books.", mixinStandardHelpOptions = true)
final class GatewayCommands {

  private static final int PAGE = 1000;
  private static final int MILLI_PLACES = 5;

  private final AdminCommands admin;

  GatewayCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "bill", description = "Fetch a day's bill and list what differs from the books; exit code 1 if anything does.", mixinStandardHelpOptions = true)
  int bill(@Parameters(paramLabel = "GATEWAY", description = "wechat or alipay.") GatewayName gateway,
      @Parameters(paramLabel = "DAY", description = "Of China's time, such as 2026-11-20.") LocalDate day) {
    BillComparison.Report report = admin.desk().recharges().bill(admin.site(), gateway, day);
    var table = new AdminTable("difference", "order", "refund", "booked", "bill");
    report.differences().forEach(each -> table.row(each.kind(), each.orderId(), each.refundId(),
        Money.decimal(each.localFen()), Money.decimal(each.channelFen())));
    if (!admin.isJson()) {
      admin.print(String.format(Locale.ROOT,
          "%s %s: %d lines, paid %s, refunded %s, fee %s; %d match, our fee of them %s%n",
          gateway.name().toLowerCase(Locale.ROOT), day, report.totals().count(),
          Money.decimal(report.totals().paidFen()), Money.decimal(report.totals().refundedFen()),
          BigDecimal.valueOf(report.totals().feeMilliFen(), MILLI_PLACES).toPlainString(), report.matched(),
          Money.decimal(report.feeMinor())));
    }
    if (admin.isJson() || !report.differences().isEmpty()) {
      admin.show(table);
    }
    return report.differences().isEmpty() ? 0 : AdminCommands.FOUND;
  }

  @Command(name = "orders", description = "Orders that changed since a time, by transaction.", mixinStandardHelpOptions = true)
  int orders(@Parameters(paramLabel = "GATEWAY", description = "wechat or alipay.") GatewayName gateway,
      @Option(names = "--since", paramLabel = "TIME", defaultValue = "1970-01-01T00:00:00Z", description = "Such as 2026-11-21T12:00:00Z.") String since,
      @Option(names = "--after", paramLabel = "TRANSACTION", defaultValue = "00000000000000000000000000000000", description = "Begin behind this one.") String after) {
    var table = new AdminTable("transaction", "account", "amount", "fee", "phase", "asked", "next", "by");
    TransactionId behind = AdminInput.transaction(after);
    for (GatewayOrderRow row : admin.desk().reads().recharges().ordersSince(admin.site(), gateway,
        AdminInput.time(since).toEpochMilli(), behind, PAGE)) {
      table.row(row.transaction(), row.account(), Money.decimal(row.amount()),
          Money.decimal(row.feeMinor()), row.order().phase().getClass().getSimpleName(),
          row.order().asking().attempts(),
          row.dueMs() == 0 ? "" : Instant.ofEpochMilli(row.dueMs()).toString(), row.operator());
    }
    admin.show(table);
    return 0;
  }
}
