package dev.counterfoil.settlement.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Statements, binding and reading of subsidies. An instance belongs to its connection's thread.
final class SqlPurses implements PurseReads {

  private static final String PURSE = "site, ledger, account, funding, name, expires_ms, due_ms, live";

  static final String PUT_PURSE = SqlText.upsert("purse", PURSE, "site, ledger");

  private final SqlStatements sql;

  SqlPurses(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<PurseRow> purse(int site, long ledger) {
    return sql.one("SELECT " + PURSE + " FROM purse WHERE site = ? AND ledger = ?", SqlPurses::purse, site,
        ledger);
  }

  @Override
  public Optional<PurseRow> purse(int site, long account, String name) {
    return sql.one("SELECT " + PURSE + " FROM purse WHERE site = ? AND account = ? AND name = ?",
        SqlPurses::purse, site, account, name);
  }

  @Override
  public List<PurseRow> pursesOf(int site, long account) {
    return sql.many("SELECT " + PURSE + " FROM purse WHERE site = ? AND account = ? ORDER BY ledger",
        SqlPurses::purse, site, account);
  }

  @Override
  public List<PurseRow> pursesDue(int site, long nowMs, int limit) {
    return sql.many("SELECT " + PURSE + " FROM purse WHERE site = ? AND due_ms > 0 AND due_ms <= ?"
        + " ORDER BY due_ms, ledger LIMIT ?", SqlPurses::purse, site, nowMs, limit);
  }

  static void bind(PreparedStatement s, PurseRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.ledger());
    s.setLong(3, row.account());
    s.setLong(4, row.funding());
    SqlText.bindText(s, 5, row.name());
    s.setLong(6, row.expiresMs());
    s.setLong(7, row.dueMs());
    s.setInt(8, row.live() ? 1 : 0);
  }

  private static PurseRow purse(ResultSet r) throws SQLException {
    return new PurseRow(r.getInt(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getString(5),
        r.getLong(6), r.getLong(7), r.getInt(8) != 0);
  }
}
