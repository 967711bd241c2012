package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.gateway.Asking;
import dev.counterfoil.settlement.gateway.GatewayCode;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundLine;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundPhase;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.OrderRequest.Presentation;
import dev.counterfoil.settlement.gateway.Payment;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Statements, binding and reading of orders at payment gateways. A phase is its name and whatever of the columns behind
/// it belongs to it; the others are empty or 0.
final class SqlGateways {

  private static final String ORDER = "site, transaction_id, gateway, account, amount, fee, description, shown_as,"
      + " shown_detail, expires_ms, operator, opened_ms, updated_ms, version, phase, sends, pay_url, payment_id,"
      + " paid_amount, paid_ms, problem, problem_detail, attempts, unknowns, next_ms, due_ms, refunds";
  private static final String REFUND = "site, transaction_id, line, refund_id, amount, phase, sends, attempts,"
      + " unknowns, next_ms";

  /// Version 1 is new; a higher one replaces exactly the version before it.
  static final String PUT_ORDER = SqlText.query("gateway_order", ORDER, "site, transaction_id")
      + "updated_ms = excluded.updated_ms, version = excluded.version, phase = excluded.phase,"
      + " sends = excluded.sends, pay_url = excluded.pay_url, payment_id = excluded.payment_id,"
      + " paid_amount = excluded.paid_amount, paid_ms = excluded.paid_ms, problem = excluded.problem,"
      + " problem_detail = excluded.problem_detail, attempts = excluded.attempts, unknowns = excluded.unknowns,"
      + " next_ms = excluded.next_ms, due_ms = excluded.due_ms, refunds = excluded.refunds"
      + " WHERE gateway_order.version = excluded.version - 1";
  static final String PUT_REFUND = SqlText.query("gateway_refund", REFUND, "site, transaction_id, line")
      + "phase = excluded.phase, sends = excluded.sends, attempts = excluded.attempts,"
      + " unknowns = excluded.unknowns, next_ms = excluded.next_ms"
      + " WHERE gateway_refund.refund_id = excluded.refund_id";
  static final String ORDERS = "SELECT " + ORDER + " FROM gateway_order WHERE site = ?";
  static final String REFUNDS = "SELECT " + REFUND + " FROM gateway_refund WHERE site = ?";

  private SqlGateways() {}

  /// An order without its refunds.
  ///
  /// @param refunds how many it has
  record Read(GatewayOrderRow row, int refunds) {}

  /// A refund's line of an order.
  record RefundRow(GatewayOrderRow order, int line, RefundLine refund) {}

  static List<RefundRow> refunds(List<GatewayOrderRow> orders) {
    return orders.stream().flatMap(row -> {
      List<RefundLine> lines = row.order().refunds();
      return IntStream.range(0, lines.size())
          .mapToObj(at -> new RefundRow(row, at + 1, lines.get(at)));
    }).toList();
  }

  static GatewayOrderRow with(GatewayOrderRow row, List<RefundLine> refunds) {
    GatewayOrder order = row.order();
    return new GatewayOrderRow(row.site(), row.gateway(), row.transaction(), row.account(), row.feeMinor(),
        row.operator(), row.openedMs(), row.updatedMs(), row.version(),
        new GatewayOrder(order.request(), order.phase(), order.asking(), refunds));
  }

  static void bind(PreparedStatement s, GatewayOrderRow row) throws SQLException {
    OrderRequest request = row.order().request();
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    SqlText.bindText(s, 3, row.gateway().name());
    s.setLong(4, row.account());
    s.setLong(5, row.amount());
    s.setLong(6, row.feeMinor());
    SqlText.bindText(s, 7, request.description());
    SqlText.bindText(s, 8, name(request.presentation()));
    SqlText.bindText(s, 9, detail(request.presentation()));
    s.setLong(10, request.expiresAt().toEpochMilli());
    SqlText.bindText(s, 11, row.operator());
    s.setLong(12, row.openedMs());
    s.setLong(13, row.updatedMs());
    s.setLong(14, row.version());
    bind(s, row.order().phase());
    s.setInt(23, row.order().asking().attempts());
    s.setInt(24, row.order().asking().unknowns());
    s.setLong(25, row.order().asking().nextAt().toEpochMilli());
    s.setLong(26, row.dueMs());
    s.setInt(27, row.order().refunds().size());
  }

  /// What a phase has in its columns, 15 to 22.
  private record PhaseColumns(String name, int sends, String payUrl, String paymentId, long paidAmount,
      long paidMs, String problem, String detail) {

    static PhaseColumns of(Phase phase) {
      return switch (phase) {
        case Phase.Placing(int sends) -> new PhaseColumns("PLACING", sends, "", "", 0, 0, "", "");
        case Phase.Waiting(String payUrl) -> new PhaseColumns("WAITING", 0, payUrl, "", 0, 0, "", "");
        case Phase.Paid(Payment payment) -> paid("PAID", payment);
        case Phase.Disputed(Payment payment) -> paid("DISPUTED", payment);
        case Phase.Closed() -> new PhaseColumns("CLOSED", 0, "", "", 0, 0, "", "");
        case Phase.Refused(GatewayProblem problem) ->
          new PhaseColumns("REFUSED", 0, "", "", 0, 0, problem.code().name(), problem.detail());
      };
    }

    private static PhaseColumns paid(String name, Payment payment) {
      return new PhaseColumns(name, 0, "", payment.transactionId(), payment.amountFen(),
          payment.paidAt().toEpochMilli(), "", "");
    }
  }

  private static void bind(PreparedStatement s, Phase phase) throws SQLException {
    PhaseColumns columns = PhaseColumns.of(phase);
    SqlText.bindText(s, 15, columns.name());
    s.setInt(16, columns.sends());
    SqlText.bindText(s, 17, columns.payUrl());
    SqlText.bindText(s, 18, columns.paymentId());
    s.setLong(19, columns.paidAmount());
    s.setLong(20, columns.paidMs());
    SqlText.bindText(s, 21, columns.problem());
    SqlText.bindText(s, 22, columns.detail());
  }

  static void bind(PreparedStatement s, RefundRow row) throws SQLException {
    s.setInt(1, row.order().site());
    s.setBytes(2, row.order().transaction().bytes());
    s.setInt(3, row.line());
    SqlText.bindText(s, 4, row.refund().refundId());
    s.setLong(5, row.refund().amountFen());
    SqlText.bindText(s, 6, row.refund().phase().name());
    s.setInt(7, row.refund().sends());
    s.setInt(8, row.refund().asking().attempts());
    s.setInt(9, row.refund().asking().unknowns());
    s.setLong(10, row.refund().asking().nextAt().toEpochMilli());
  }

  static Read order(ResultSet r) throws SQLException {
    TransactionId transaction = TransactionId.of(r.getBytes(2));
    var request = new OrderRequest(transaction.toString(), r.getLong(5), r.getString(7),
        Instant.ofEpochMilli(r.getLong(10)), presentation(r.getString(8), r.getString(9)));
    var order = new GatewayOrder(request, phase(r, transaction), asking(r, 23), List.of());
    return new Read(
        new GatewayOrderRow(r.getInt(1), GatewayName.valueOf(r.getString(3)), transaction, r.getLong(4),
            r.getLong(6), r.getString(11), r.getLong(12), r.getLong(13), r.getLong(14), order),
        r.getInt(27));
  }

  static RefundLine refund(ResultSet r) throws SQLException {
    return new RefundLine(r.getString(4), r.getLong(5), RefundPhase.valueOf(r.getString(6)), r.getInt(7),
        asking(r, 8));
  }

  private static Asking asking(ResultSet r, int from) throws SQLException {
    return new Asking(r.getInt(from), r.getInt(from + 1), Instant.ofEpochMilli(r.getLong(from + 2)));
  }

  private static Phase phase(ResultSet r, TransactionId transaction) throws SQLException {
    String name = r.getString(15);
    return switch (name) {
      case "PLACING" -> new Phase.Placing(r.getInt(16));
      case "WAITING" -> new Phase.Waiting(r.getString(17));
      case "PAID" -> new Phase.Paid(payment(r, transaction));
      case "DISPUTED" -> new Phase.Disputed(payment(r, transaction));
      case "CLOSED" -> new Phase.Closed();
      case "REFUSED" ->
        new Phase.Refused(new GatewayProblem(GatewayCode.valueOf(r.getString(21)), r.getString(22)));
      default -> throw new IllegalStateException("order " + transaction + " has the phase " + name);
    };
  }

  private static Payment payment(ResultSet r, TransactionId transaction) throws SQLException {
    return new Payment(transaction.toString(), r.getString(18), r.getLong(19),
        Instant.ofEpochMilli(r.getLong(20)));
  }

  private static String name(Presentation presentation) {
    return switch (presentation) {
      case Presentation.Code() -> "CODE";
      case Presentation.InApp _ -> "IN_APP";
      case Presentation.Page _ -> "PAGE";
    };
  }

  private static String detail(Presentation presentation) {
    return switch (presentation) {
      case Presentation.Code() -> "";
      case Presentation.InApp(String payerId) -> payerId;
      case Presentation.Page(String returnUrl) -> returnUrl;
    };
  }

  private static Presentation presentation(String name, String detail) {
    return switch (name) {
      case "CODE" -> new Presentation.Code();
      case "IN_APP" -> new Presentation.InApp(detail);
      case "PAGE" -> new Presentation.Page(detail);
      default -> throw new IllegalStateException("an order is shown as " + name);
    };
  }
}
