package dev.counterfoil.settlement.recharge;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.gateway.GatewayBill;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundLine;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundPhase;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A gateway's bill of a day held against our orders, line by line. Each side is looked up in the other one, so nothing that
/// stands on one side only is missed. Pure reading; on a reader of its own.
public final class BillComparison {

  /// Gateways cut their days in China's time.
  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  /// Our clock of a refund is when we learned of it: that may be on the other side of midnight.
  private static final Duration NEAR = Duration.ofHours(1);
  private static final int PAGE = 500;

  private final SettlementReads reads;
  private final int site;
  private final GatewayName gateway;
  private final Instant from;
  private final Instant until;
  private final Set<Entry> billed = new HashSet<>();
  private final List<Difference> differences = new ArrayList<>();
  private long matched;
  private long feeMinor;

  /// What is different.
  public enum Kind {
    /// Both have it, with other amounts.
    AMOUNT_DIFFERS,
    /// Booked here, not on the bill.
    LOCAL_ONLY,
    /// On the bill, not booked here.
    CHANNEL_ONLY,
    /// Booked here within an hour of midnight: look at the bill of the day beside.
    DAY_CUT
  }

  /// @param refundId empty for a payment
  /// @param localFen booked here, 0 for nothing
  /// @param channelFen on the bill, 0 for nothing
  public record Difference(Kind kind, String orderId, String refundId, long localFen, long channelFen) {}

  /// @param matched lines that are the same on both sides
  /// @param feeMinor our fees of the matched payments, minor units; what the gateway kept is in the bill's totals
  public record Report(GatewayBill.Totals totals, long matched, long feeMinor, List<Difference> differences) {}

  private record Entry(String orderId, String refundId) {}

  private BillComparison(SettlementReads reads, int site, GatewayName gateway, LocalDate day) {
    this.reads = reads;
    this.site = site;
    this.gateway = gateway;
    this.from = day.atStartOfDay().toInstant(CHINA);
    this.until = day.plusDays(1).atStartOfDay().toInstant(CHINA);
  }

  public static Report compare(SettlementReads reads, int site, GatewayName gateway, LocalDate day,
      GatewayBill bill) {
    var comparison = new BillComparison(reads, site, gateway, day);
    bill.lines().forEach(comparison::billed);
    comparison.booked();
    return new Report(bill.totals(), comparison.matched, comparison.feeMinor,
        List.copyOf(comparison.differences));
  }

  private void billed(GatewayBill.Line line) {
    billed.add(new Entry(line.orderId(), line.refundId()));
    Optional<GatewayOrderRow> row = order(line.orderId());
    long local = row.map(known -> line.refund() ? refunded(known, line.refundId()) : paid(known)).orElse(0L);
    if (local == line.amountFen()) {
      matched++;
      feeMinor += line.refund() ? 0 : row.orElseThrow().feeMinor();
      return;
    }
    differences.add(new Difference(local == 0 ? Kind.CHANNEL_ONLY : Kind.AMOUNT_DIFFERS, line.orderId(),
        line.refundId(), local, line.amountFen()));
  }

  private Optional<GatewayOrderRow> order(String orderId) {
    return orderId.matches("[0-9a-f]{32}")
        ? reads.recharges().order(site, TransactionId.parse(orderId)).filter(row -> row.gateway() == gateway)
        : Optional.empty();
  }

  private static long paid(GatewayOrderRow row) {
    return row.order().phase() instanceof Phase.Paid(var payment) ? payment.amountFen() : 0;
  }

  private static long refunded(GatewayOrderRow row, String refundId) {
    return made(row).filter(line -> line.refundId().equals(refundId)).mapToLong(RefundLine::amountFen).sum();
  }

  private static Stream<RefundLine> made(GatewayOrderRow row) {
    return row.order().refunds().stream().filter(line -> line.phase() == RefundPhase.DONE);
  }

  /// What is booked on that day and stands on no line.
  private void booked() {
    TransactionId after = new TransactionId(0, 0);
    List<GatewayOrderRow> page = page(after);
    while (!page.isEmpty()) {
      page.forEach(this::booked);
      page = page(page.getLast().transaction());
    }
  }

  private List<GatewayOrderRow> page(TransactionId after) {
    return reads.recharges().ordersSince(site, gateway, from.toEpochMilli(), after, PAGE);
  }

  private void booked(GatewayOrderRow row) {
    if (row.order().phase() instanceof Phase.Paid(var payment)) {
      unlessBilled(row, "", payment.amountFen(), payment.paidAt());
    }
    made(row).forEach(line -> reads
        .transaction(site, OwnId.of(TransactionId.parse(line.refundId()), "paid"))
        .map(TransactionRow::atMs).ifPresent(at -> unlessBilled(row, line.refundId(), line.amountFen(),
            Instant.ofEpochMilli(at))));
  }

  private void unlessBilled(GatewayOrderRow row, String refundId, long amount, Instant at) {
    String orderId = row.order().orderId();
    if (at.isBefore(from) || !at.isBefore(until) || billed.contains(new Entry(orderId, refundId))) {
      return;
    }
    boolean near = at.isBefore(from.plus(NEAR)) || !at.isBefore(until.minus(NEAR));
    differences.add(new Difference(near ? Kind.DAY_CUT : Kind.LOCAL_ONLY, orderId, refundId, amount, 0));
  }
}
