package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.journal.TimeQuality;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Statements, binding and reading of what terminals say of themselves.
final class SqlConditions {

  private static final String COLUMNS = "site, terminal, heard_ms, state, software, start_cause, starts, started_ms, records,"
      + " capacity, unsent, time_quality, clock_ahead_ms, snapshot_version, deny_version, devices";

  static final String PUT = SqlText.upsert("terminal_condition", COLUMNS, "site, terminal");
  static final String OF_SITE = "SELECT " + COLUMNS
      + " FROM terminal_condition WHERE site = ? ORDER BY terminal";
  static final String ONE = "SELECT " + COLUMNS + " FROM terminal_condition WHERE site = ? AND terminal = ?";

  private SqlConditions() {}

  static void bind(PreparedStatement s, TerminalConditionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.heardMs());
    SqlText.bindText(s, 4, row.state());
    SqlText.bindText(s, 5, row.software());
    SqlText.bindText(s, 6, row.startCause());
    s.setLong(7, row.starts());
    s.setLong(8, row.startedMs());
    s.setLong(9, row.records());
    s.setLong(10, row.capacity());
    s.setLong(11, row.unsent());
    s.setInt(12, row.timeQuality().code());
    s.setLong(13, row.clockAheadMs());
    s.setLong(14, row.snapshotVersion());
    s.setLong(15, row.denyVersion());
    SqlText.bindText(s, 16, row.devices());
  }

  static TerminalConditionRow read(ResultSet r) throws SQLException {
    return new TerminalConditionRow(r.getInt(1), r.getInt(2), r.getLong(3), r.getString(4), r.getString(5),
        r.getString(6), r.getLong(7), r.getLong(8), r.getLong(9), r.getLong(10), r.getLong(11),
        TimeQuality.ofCode(r.getInt(12)), r.getLong(13), r.getLong(14), r.getLong(15), r.getString(16));
  }
}
