package dev.counterfoil.sim.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the server wrote for changes that came through its API, one by one: movement, transaction, note, both balances,
/// the account's new version, the answer to the caller, the entry in the audit trail. As units for a {@link SqlBareLoop}.
final class SqlChanges {

  private static final String TOUCH = """
      INSERT INTO account_change (site, account, version) VALUES (?, ?, ?)
      ON CONFLICT (site, account) DO UPDATE SET version = excluded.version""";
  private static final int LEDGER_VERSION = 9;

  private final SqlDatabase server;
  private final int site;
  private long lastTransfer;
  private long lastEvent;
  private long lastAnswerMs;
  private long lastVersion;

  /// Begins behind what is there now.
  SqlChanges(SqlDatabase server, int site) throws SQLException {
    this.server = server;
    this.site = site;
    try (Connection reading = server.connect()) {
      lastTransfer = number(reading, "SELECT coalesce(max(transfer), 0) FROM transfer WHERE site = ?");
      lastEvent = number(reading, "SELECT coalesce(max(number), 0) FROM audit_event WHERE site = ?");
      lastAnswerMs = number(reading, "SELECT coalesce(max(at_ms), 0) FROM api_answer WHERE site = ?");
      lastVersion = number(reading, "SELECT coalesce(max(version), 0) FROM account_change WHERE site = ?");
    }
  }

  private long number(Connection connection, String sql) throws SQLException {
    return (Long) SqlBareLoop.rows(connection, sql, site).getFirst()[0];
  }

  /// The units of the changes since the last call. Answers carry no number; any of them goes with any change.
  ///
  /// @param loop whose balances the new ones follow
  List<SqlBareLoop.Unit> take(SqlBareLoop loop) throws SQLException {
    try (Connection reading = server.connect()) {
      List<Object[]> transfers = since(reading, "transfer", "transfer", lastTransfer);
      List<Object[]> events = since(reading, "audit_event", "action = 'RECHARGE' AND number", lastEvent);
      List<Object[]> answers = since(reading, "api_answer", "at_ms", lastAnswerMs);
      if (transfers.size() != events.size() || transfers.size() != answers.size()) {
        throw new IllegalStateException(
            transfers.size() + " movements, " + events.size() + " events, " + answers.size() + " answers");
      }
      Map<Long, Long> versions = loop.versions();
      Map<Object, Object[]> ledgers = new HashMap<>();
      SqlBareLoop.rows(reading, "SELECT * FROM ledger_account WHERE site = ?", site)
          .forEach(row -> ledgers.put(row[1], row));
      var units = new ArrayList<SqlBareLoop.Unit>();
      for (int i = 0; i < transfers.size(); i++) {
        units.add(unit(reading, transfers.get(i), events.get(i), answers.get(i), ledgers, versions));
      }
      if (!units.isEmpty()) {
        lastTransfer = (Long) transfers.getLast()[1];
        lastEvent = (Long) events.getLast()[1];
        lastAnswerMs = (Long) answers.getLast()[6];
      }
      return units;
    }
  }

  private List<Object[]> since(Connection reading, String table, String above, long last)
      throws SQLException {
    return SqlBareLoop.rows(reading,
        "SELECT * FROM " + table + " WHERE site = ? AND " + above + " > ? ORDER BY "
            + above.substring(above.lastIndexOf(' ') + 1),
        site, last);
  }

  private SqlBareLoop.Unit unit(Connection reading, Object[] transfer, Object[] event, Object[] answer,
      Map<Object, Object[]> ledgers, Map<Long, Long> versions) throws SQLException {
    var rows = new LinkedHashMap<String, List<Object[]>>();
    rows.put(SqlBareLoop.LEDGER,
        List.of(balance(transfer[4], ledgers, versions), balance(transfer[5], ledgers, versions)));
    put(rows, "audit_event", event);
    put(rows, "transfer", transfer);
    Object[] transaction = SqlBareLoop.rows(reading,
        "SELECT * FROM business_transaction WHERE site = ? AND transaction_id = ?", site, transfer[2])
        .getFirst();
    put(rows, "business_transaction", transaction);
    SqlBareLoop
        .rows(reading, "SELECT * FROM transaction_note WHERE site = ? AND transaction_id = ?", site,
            transfer[2])
        .forEach(note -> put(rows, "transaction_note", note));
    rows.put(TOUCH, List.<Object[]>of(new Object[] {(long) site, transaction[5], ++lastVersion}));
    put(rows, "api_answer", answer);
    return new SqlBareLoop.Unit(rows);
  }

  private static Object[] balance(Object ledger, Map<Object, Object[]> ledgers, Map<Long, Long> versions) {
    Object[] row = ledgers.getOrDefault(ledger, new Object[0]).clone();
    row[LEDGER_VERSION] = versions.merge((Long) ledger, 1L, Long::sum);
    return row;
  }

  private static void put(Map<String, List<Object[]>> rows, String table, Object[] row) {
    rows.put(SqlBareLoop.insert(table, row.length), List.<Object[]>of(row));
  }
}
