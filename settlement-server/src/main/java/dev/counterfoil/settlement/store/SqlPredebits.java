package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Statements, binding and reading of provisional charges. An instance belongs to its connection's thread.
final class SqlPredebits implements PredebitReads {

  private static final String COLUMNS = "site, number, transaction_id, terminal, account, card, held, asset, hold,"
      + " sub_type, consumer_ip, operator, opened_ms, due_ms, state, taken, unpaid, ended_ms, ended_by";

  /// Only the same one, and only while it is held: of two that end it at once, one fails.
  static final String PUT = SqlText.query("predebit", COLUMNS, "site, number")
      + "state = excluded.state, taken = excluded.taken, unpaid = excluded.unpaid, ended_ms = excluded.ended_ms,"
      + " ended_by = excluded.ended_by WHERE predebit.state = 'HELD' AND excluded.state <> 'HELD'"
      + " AND predebit.transaction_id = excluded.transaction_id";

  private static final String ALL = "SELECT " + COLUMNS + " FROM predebit WHERE site = ?";

  private final SqlStatements sql;

  SqlPredebits(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public long lastPredebit(int site) {
    return sql.one("SELECT coalesce(max(number), 0) FROM predebit WHERE site = ?", r -> r.getLong(1), site)
        .orElse(0L);
  }

  @Override
  public Optional<PredebitRow> predebit(int site, TransactionId transaction) {
    return sql.one(ALL + " AND transaction_id = ?", SqlPredebits::row, site, transaction.bytes());
  }

  @Override
  public List<PredebitRow> predebits(int site, PredebitRow.State state, long after, int limit) {
    return sql.many(ALL + " AND state = ? AND number > ? ORDER BY number LIMIT ?", SqlPredebits::row, site,
        state.name(), after, limit);
  }

  @Override
  public List<PredebitRow> predebitsDue(int site, long nowMs, int limit) {
    return sql.many(ALL + " AND state = 'HELD' AND due_ms <= ? ORDER BY due_ms, number LIMIT ?",
        SqlPredebits::row, site, nowMs, limit);
  }

  static void bind(PreparedStatement s, PredebitRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    s.setBytes(3, row.transaction().bytes());
    s.setInt(4, row.terminal());
    s.setLong(5, row.account());
    s.setLong(6, row.card());
    s.setLong(7, row.held());
    SqlText.bindText(s, 8, row.asset());
    s.setLong(9, row.hold());
    SqlText.bindText(s, 10, row.subType().name());
    SqlText.bindText(s, 11, row.consumerIp());
    SqlText.bindText(s, 12, row.operator());
    s.setLong(13, row.openedMs());
    s.setLong(14, row.dueMs());
    SqlText.bindText(s, 15, row.state().name());
    s.setLong(16, row.taken());
    s.setLong(17, row.unpaid());
    s.setLong(18, row.endedMs());
    SqlText.bindText(s, 19, row.endedBy());
  }

  private static PredebitRow row(ResultSet r) throws SQLException {
    return new PredebitRow(r.getInt(1), r.getLong(2), TransactionId.of(r.getBytes(3)), r.getInt(4),
        r.getLong(5), r.getLong(6), r.getLong(7), r.getString(8), r.getLong(9),
        SaleSubType.valueOf(r.getString(10)), r.getString(11), r.getString(12), r.getLong(13), r.getLong(14),
        PredebitRow.State.valueOf(r.getString(15)), r.getLong(16), r.getLong(17), r.getLong(18),
        r.getString(19));
  }
}
