package dev.counterfoil.settlement.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Statements, binding and reading of the table of exceptions.
final class SqlExceptions {

  static final String EXCEPTION = "site, exception, kind, unique_key, terminal, seq, transaction_id, account, amount,"
      + " detail, raised_at_ms, resolution, resolved_by, resolved_at_ms";

  static final String KEEP_EXCEPTION = SqlText.insert("exception", EXCEPTION)
      + " ON CONFLICT (site, unique_key) DO NOTHING";
  static final String RESOLVE = "UPDATE exception SET resolution = ?, resolved_by = ?, resolved_at_ms = ?"
      + " WHERE site = ? AND exception = ? AND resolved_at_ms = 0";

  private SqlExceptions() {}

  static void bind(PreparedStatement s, ExceptionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.exception());
    SqlText.bindText(s, 3, row.kind().name());
    SqlText.bindText(s, 4, row.key());
    s.setInt(5, row.terminal());
    s.setLong(6, row.seq());
    SqlText.bindId(s, 7, row.transaction());
    s.setLong(8, row.account());
    s.setLong(9, row.amount());
    SqlText.bindText(s, 10, row.detail());
    s.setLong(11, row.raisedAtMs());
    SqlText.bindText(s, 12, row.resolution());
    SqlText.bindText(s, 13, row.resolvedBy());
    s.setLong(14, row.resolvedAtMs());
  }

  static void bindResolution(PreparedStatement s, ExceptionRow row) throws SQLException {
    SqlText.bindText(s, 1, row.resolution());
    SqlText.bindText(s, 2, row.resolvedBy());
    s.setLong(3, row.resolvedAtMs());
    s.setInt(4, row.site());
    s.setLong(5, row.exception());
  }

  static ExceptionRow exception(ResultSet r) throws SQLException {
    return new ExceptionRow(r.getInt(1), r.getLong(2), ExceptionKind.valueOf(r.getString(3)), r.getString(4),
        r.getInt(5), r.getLong(6), SqlText.transaction(r, 7), r.getLong(8), r.getLong(9), r.getString(10),
        r.getLong(11),
        r.getString(12), r.getString(13), r.getLong(14));
  }
}
