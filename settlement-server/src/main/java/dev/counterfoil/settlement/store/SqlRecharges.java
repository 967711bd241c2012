package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.gateway.GatewayName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Statements of announced recharges, and everything that is asked about recharges which are not cash.
final class SqlRecharges implements RechargeReads {

  private static final String COLUMNS = "site, number, transaction_id, account, amount, fee, method, reference,"
      + " operator, asked_ms, arrives_ms, state, ended_ms, ended_by, outcome";

  /// Only the same one, and only while it is pending.
  static final String PUT_ARRIVAL = SqlText.query("arriving_recharge", COLUMNS, "site, number")
      + "state = excluded.state, ended_ms = excluded.ended_ms, ended_by = excluded.ended_by,"
      + " outcome = excluded.outcome WHERE arriving_recharge.state = 'PENDING' AND excluded.state <> 'PENDING'"
      + " AND arriving_recharge.transaction_id = excluded.transaction_id";

  private static final String ARRIVALS = "SELECT " + COLUMNS + " FROM arriving_recharge WHERE site = ?";
  private static final String ORDERS_UNDER_WAY = "SELECT"
      + " coalesce(sum(CASE WHEN phase IN ('PLACING', 'WAITING') THEN 1 ELSE 0 END), 0),"
      + " coalesce(sum(CASE WHEN phase IN ('PLACING', 'WAITING') THEN amount ELSE 0 END), 0),"
      + " coalesce(sum(amount), 0) FROM gateway_order WHERE site = ? AND account = ? AND opened_ms >= ?"
      + " AND phase IN ('PLACING', 'WAITING', 'PAID', 'DISPUTED')";
  private static final String ARRIVALS_UNDER_WAY = "SELECT"
      + " coalesce(sum(CASE WHEN state = 'PENDING' THEN 1 ELSE 0 END), 0),"
      + " coalesce(sum(CASE WHEN state = 'PENDING' THEN amount ELSE 0 END), 0),"
      + " coalesce(sum(CASE WHEN method = 'ONE_CARD' THEN amount ELSE 0 END), 0) FROM arriving_recharge"
      + " WHERE site = ? AND account = ? AND asked_ms >= ? AND state IN ('PENDING', 'DONE')";

  private final SqlStatements sql;

  SqlRecharges(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<GatewayOrderRow> order(int site, TransactionId transaction) {
    return sql
        .one(SqlGateways.ORDERS + " AND transaction_id = ?", SqlGateways::order, site, transaction.bytes())
        .map(this::withRefunds);
  }

  @Override
  public List<TransactionId> ordersDue(int site, GatewayName gateway, long nowMs, int limit) {
    return sql.many("SELECT transaction_id FROM gateway_order WHERE site = ? AND gateway = ? AND due_ms > 0"
        + " AND due_ms <= ? ORDER BY due_ms, transaction_id LIMIT ?", r -> TransactionId.of(r.getBytes(1)),
        site, gateway.name(), nowMs, limit);
  }

  @Override
  public List<GatewayOrderRow> ordersSince(int site, GatewayName gateway, long sinceMs, TransactionId after,
      int limit) {
    return sql
        .many(SqlGateways.ORDERS + " AND gateway = ? AND updated_ms >= ? AND transaction_id > ?"
            + " ORDER BY transaction_id LIMIT ?", SqlGateways::order, site, gateway.name(), sinceMs,
            after.bytes(), limit)
        .stream().map(this::withRefunds).toList();
  }

  private GatewayOrderRow withRefunds(SqlGateways.Read read) {
    GatewayOrderRow row = read.row();
    return read.refunds() == 0 ? row
        : SqlGateways.with(row, sql.many(SqlGateways.REFUNDS + " AND transaction_id = ? ORDER BY line",
            SqlGateways::refund, row.site(), row.transaction().bytes()));
  }

  @Override
  public long lastArrival(int site) {
    return sql.one("SELECT coalesce(max(number), 0) FROM arriving_recharge WHERE site = ?",
        r -> r.getLong(1), site).orElse(0L);
  }

  @Override
  public Optional<ArrivalRow> arrival(int site, long number) {
    return sql.one(ARRIVALS + " AND number = ?", SqlRecharges::arrival, site, number);
  }

  @Override
  public Optional<ArrivalRow> arrival(int site, TransactionId transaction) {
    return sql.one(ARRIVALS + " AND transaction_id = ?", SqlRecharges::arrival, site, transaction.bytes());
  }

  @Override
  public Optional<ArrivalRow> arrival(int site, RechargeMethod method, String reference) {
    return sql.one(ARRIVALS + " AND method = ? AND reference = ? AND state <> 'CANCELLED'",
        SqlRecharges::arrival, site, method.name(), reference);
  }

  @Override
  public List<ArrivalRow> arrivals(int site, ArrivalState state, long after, int limit) {
    return sql.many(ARRIVALS + " AND state = ? AND number > ? ORDER BY number LIMIT ?",
        SqlRecharges::arrival, site, state.name(), after, limit);
  }

  @Override
  public List<ArrivalRow> arrivalsDue(int site, long nowMs, int limit) {
    return sql.many(ARRIVALS + " AND state = 'PENDING' AND arrives_ms <= ? ORDER BY number LIMIT ?",
        SqlRecharges::arrival, site, nowMs, limit);
  }

  @Override
  public UnderWay underWay(int site, long account, long sinceMs) {
    return underWay(ORDERS_UNDER_WAY, site, account, sinceMs)
        .plus(underWay(ARRIVALS_UNDER_WAY, site, account, sinceMs));
  }

  private UnderWay underWay(String query, int site, long account, long sinceMs) {
    return sql.one(query, r -> new UnderWay(r.getLong(1), r.getLong(2), r.getLong(3)), site, account, sinceMs)
        .orElseThrow();
  }

  static void bind(PreparedStatement s, ArrivalRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    s.setBytes(3, row.transaction().bytes());
    s.setLong(4, row.account());
    s.setLong(5, row.amount());
    s.setLong(6, row.feeMinor());
    SqlText.bindText(s, 7, row.method().name());
    SqlText.bindText(s, 8, row.reference());
    SqlText.bindText(s, 9, row.operator());
    s.setLong(10, row.askedMs());
    s.setLong(11, row.arrivesMs());
    SqlText.bindText(s, 12, row.state().name());
    s.setLong(13, row.endedMs());
    SqlText.bindText(s, 14, row.endedBy());
    SqlText.bindText(s, 15, row.outcome());
  }

  private static ArrivalRow arrival(ResultSet r) throws SQLException {
    return new ArrivalRow(r.getInt(1), r.getLong(2), TransactionId.of(r.getBytes(3)), r.getLong(4),
        r.getLong(5), r.getLong(6), RechargeMethod.valueOf(r.getString(7)), r.getString(8), r.getString(9),
        r.getLong(10), r.getLong(11), ArrivalState.valueOf(r.getString(12)), r.getLong(13), r.getString(14),
        r.getString(15));
  }
}
