package dev.counterfoil.sim.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The least that any server must do to keep what ours keeps: one thread and connection, prepared statements, the very
/// rows that our server wrote of one site, in the same commit units, computed in advance; no network, no codec, no
/// cryptography, no thinking. Same schema, same settings, same disk, a database of its own.
final class SqlBareLoop implements AutoCloseable {

  private static final String MOVE_HEAD = """
      UPDATE terminal_head SET received_seq = ?, received_hash = ?, received_turnover = ?, settled_seq = ?,
        settled_hash = ?, settled_turnover = ?, epoch = ?, epoch_nonce = ?, verified_seq = ?, safe_seq = ?,
        safe_hash = ?, safe_turnover = ?, bad_seq = ?, ack_number = ?, anchor_id = ?
      WHERE site = ? AND terminal = ? AND received_seq = ? AND received_hash = ?""";
  /// One row of a balance, by its version.
  static final String LEDGER = """
      INSERT INTO ledger_account (site, ledger, kind, owner, asset, posted_debits, posted_credits, held, floor,
        version, spent_day, spent_today, spent_this_month) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (site, ledger) DO UPDATE SET kind = excluded.kind, owner = excluded.owner, asset = excluded.asset,
        posted_debits = excluded.posted_debits, posted_credits = excluded.posted_credits, held = excluded.held,
        floor = excluded.floor, version = excluded.version, spent_day = excluded.spent_day,
        spent_today = excluded.spent_today, spent_this_month = excluded.spent_this_month
      WHERE ledger_account.version = excluded.version - 1""";
  private static final int LEDGER_VERSION = 9;
  /// Of what sales wrote: the same in both databases.
  private static final List<String> FIGURES = List.of(
      "SELECT count(*), sum(last_seq), sum(length(bytes)), sum(at_ms) FROM record_batch WHERE site = ? AND first_seq > 1",
      "SELECT count(*), sum(seq), sum(batch), sum(kind) FROM record_key WHERE site = ? AND seq > 1",
      "SELECT count(*), sum(transfer), sum(debit + credit), sum(debit_after), sum(amount) FROM transfer"
          + " WHERE site = ? AND reason = 'SALE'",
      "SELECT count(*), sum(seq), sum(account), sum(amount), sum(first_transfer) FROM business_transaction"
          + " WHERE site = ? AND seq > 1",
      "SELECT count(*), sum(ledger), sum(posted_debits), sum(posted_credits), sum(held) FROM ledger_account"
          + " WHERE site = ?");
  private static final List<String> REGISTRY = List.of("site", "terminal", "terminal_head", "terminal_key",
      "terminal_epoch", "account", "card", "ledger_account");

  private final int site;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /// The rows of one commit unit, by statement, in the order in which the server writes them.
  record Unit(Map<String, List<Object[]>> rows) {

    long count() {
      return rows.values().stream().mapToLong(List::size).sum();
    }
  }

  /// Where the last capture ended.
  ///
  /// @param heads the last record of each terminal
  record Mark(Map<Long, Long> heads, long transfer) {

    static final Mark START = new Mark(Map.of(), 0);
  }

  /// What one capture found.
  ///
  /// @param sales transactions among the rows
  record Captured(List<Unit> units, Mark mark, long sales, long bytes) {

    long rows() {
      return units.stream().mapToLong(Unit::count).sum();
    }
  }

  /// @param database empty, or another loop's that writes another site
  SqlBareLoop(SqlDatabase database, int site) throws SQLException {
    database.openStore().close();
    this.site = site;
    this.connection = database.connect();
  }

  /// Takes over what the server has of the site besides records and money movements.
  void copyRegistry(SqlDatabase server) throws SQLException {
    try (Connection reading = server.connect()) {
      connection.setAutoCommit(false);
      for (String table : REGISTRY) {
        List<Object[]> rows = rows(reading, "SELECT * FROM " + table + " WHERE site = ?", site);
        if (!rows.isEmpty()) {
          write(insert(table, rows.getFirst().length), rows);
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /// Reads what the server wrote since the mark and sorts it into commit units: one unit carries one time.
  Captured capture(SqlDatabase server, Mark since) throws SQLException {
    try (Connection reading = server.connect()) {
      var units = new TreeMap<Long, Unit>();
      var heads = new HashMap<>(since.heads());
      List<Object[]> batches = batches(reading, heads);
      long bytes = batches.stream().mapToLong(row -> ((byte[]) row[4]).length).sum();
      batchesAndKeys(reading, batches, units);
      List<Object[]> transfers = rows(reading,
          "SELECT * FROM transfer WHERE site = ? AND transfer > ? ORDER BY transfer", site, since.transfer());
      long lastTransfer = since.transfer();
      for (Object[] transfer : transfers) {
        lastTransfer = (Long) transfer[1];
        add(units, (Long) transfer[11], insert("transfer", transfer.length), transfer);
      }
      long sales = transactions(reading, batches, units);
      balances(reading, transfers, units);
      return new Captured(new ArrayList<>(units.values()), new Mark(heads, lastTransfer), sales, bytes);
    }
  }

  /// Batches behind the heads, which are moved on.
  private List<Object[]> batches(Connection reading, Map<Long, Long> heads) throws SQLException {
    var found = new ArrayList<Object[]>();
    for (Object[] terminal : rows(reading, "SELECT terminal FROM terminal WHERE site = ?", site)) {
      Long number = (Long) terminal[0];
      for (Object[] row : rows(reading, """
          SELECT site, terminal, first_seq, last_seq, bytes, at_ms FROM record_batch
          WHERE site = ? AND terminal = ? AND first_seq > ? ORDER BY first_seq""", site, number,
          heads.getOrDefault(number, 0L))) {
        heads.put(number, (Long) row[3]);
        found.add(row);
      }
    }
    return found;
  }

  private void batchesAndKeys(Connection reading, List<Object[]> batches, TreeMap<Long, Unit> units)
      throws SQLException {
    for (Object[] batch : batches) {
      long at = (Long) batch[5];
      add(units, at, insert("record_batch", batch.length), batch);
      List<Object[]> keys = rows(reading, """
          SELECT site, terminal, seq, kind, hash, batch, transaction_id FROM record_key
          WHERE site = ? AND terminal = ? AND seq BETWEEN ? AND ?""", batch[0], batch[1], batch[2], batch[3]);
      for (Object[] key : keys) {
        add(units, at, insert("record_key", key.length), key);
      }
      head(reading, batch, keys.getLast(), at, units);
    }
  }

  private void head(Connection reading, Object[] batch, Object[] lastKey, long at, TreeMap<Long, Unit> units)
      throws SQLException {
    Object[] before = rows(connection,
        """
        SELECT received_seq, received_hash, epoch, epoch_nonce FROM terminal_head WHERE site = ? AND terminal = ?""",
        batch[0], batch[1]).getFirst();
    List<Object[]> previous = rows(reading, """
        SELECT hash FROM record_key WHERE site = ? AND terminal = ? AND seq = ?""", batch[0], batch[1],
        (Long) batch[2] - 1);
    Object previousSeq = previous.isEmpty() ? before[0] : (Object) ((Long) batch[2] - 1);
    Object previousHash = previous.isEmpty() ? before[1] : previous.getFirst()[0];
    add(units, at, MOVE_HEAD,
        new Object[] {batch[3], lastKey[4], 1_000_000L, batch[3], lastKey[4], 1_000_000L,
            before[2], before[3], 0L, 0L, before[1], 0L, 0L, at, 1L, batch[0], batch[1], previousSeq,
            previousHash});
  }

  private static long transactions(Connection reading, List<Object[]> batches, TreeMap<Long, Unit> units)
      throws SQLException {
    long sales = 0;
    for (Object[] batch : batches) {
      List<Object[]> transactions = rows(reading, """
          SELECT b.* FROM record_key k JOIN business_transaction b ON b.site = k.site
            AND b.transaction_id = k.transaction_id
          WHERE k.site = ? AND k.terminal = ? AND k.seq BETWEEN ? AND ?""", batch[0], batch[1], batch[2],
          batch[3]);
      for (Object[] transaction : transactions) {
        add(units, (Long) batch[5], insert("business_transaction", transaction.length), transaction);
      }
      sales += transactions.size();
    }
    return sales;
  }

  /// One row an account and unit, as the server aggregates them, with versions that follow the file of this loop.
  private void balances(Connection reading, List<Object[]> transfers, TreeMap<Long, Unit> units)
      throws SQLException {
    var accounts = new HashMap<Object, Object[]>();
    for (Object[] account : rows(reading, "SELECT * FROM ledger_account WHERE site = ?", site)) {
      accounts.put(account[1], account);
    }
    Map<Long, Long> versions = versions();
    var touched = new LinkedHashMap<Long, LinkedHashMap<Object, Object>>();
    for (Object[] transfer : transfers) {
      var unit = touched.computeIfAbsent((Long) transfer[11], _ -> new LinkedHashMap<>());
      unit.put(transfer[4], transfer[4]);
      unit.put(transfer[5], transfer[5]);
    }
    touched.forEach((at, ledgers) -> ledgers.keySet().forEach(ledger -> {
      Object[] row = accounts.getOrDefault(ledger, new Object[0]).clone();
      row[LEDGER_VERSION] = versions.merge((Long) ledger, 1L, Long::sum);
      add(units, at, LEDGER, row);
    }));
  }

  /// Of each balance in this loop's database.
  Map<Long, Long> versions() throws SQLException {
    var versions = new HashMap<Long, Long>();
    for (Object[] row : rows(connection, "SELECT ledger, version FROM ledger_account WHERE site = ?", site)) {
      versions.put((Long) row[0], (Long) row[1]);
    }
    return versions;
  }

  /// @throws IllegalStateException if this loop wrote something else than the server
  void requireSameAs(SqlDatabase server) throws SQLException {
    try (Connection reading = server.connect()) {
      for (String figures : FIGURES) {
        String theirs = Arrays.deepToString(rows(reading, figures, site).getFirst());
        String ours = Arrays.deepToString(rows(connection, figures, site).getFirst());
        if (!ours.equals(theirs)) {
          throw new IllegalStateException(
              "the bare loop wrote " + ours + ", the server " + theirs + ": " + figures);
        }
      }
    }
  }

  private static void add(TreeMap<Long, Unit> units, long at, String sql, @Nullable Object[] row) {
    units.computeIfAbsent(at, _ -> new Unit(new LinkedHashMap<>())).rows().computeIfAbsent(sql,
        _ -> new ArrayList<>()).add(row);
  }

  static String insert(String table, int columns) {
    return "INSERT INTO " + table + " VALUES (" + "?, ".repeat(columns - 1) + "?)";
  }

  static List<@Nullable Object[]> rows(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      var rows = new ArrayList<@Nullable Object[]>();
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          var row = new @Nullable Object[columns];
          for (int i = 0; i < columns; i++) {
            Object value = result.getObject(i + 1);
            row[i] = value instanceof Integer number ? (Long) number.longValue() : value;
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setNull(i + 1, Types.NULL);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setLong(i + 1, number);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case String text -> statement.setString(i + 1, text);
        case Object other -> statement.setObject(i + 1, other);
      }
    }
  }

  /// Writes the units, one transaction each.
  ///
  /// @return nanoseconds
  long write(List<Unit> units) throws SQLException {
    long started = System.nanoTime();
    for (Unit unit : units) {
      write(unit);
    }
    return System.nanoTime() - started;
  }

  /// Writes one unit; it is durable when this returns.
  void write(Unit unit) throws SQLException {
    connection.setAutoCommit(false);
    for (var table : unit.rows().entrySet()) {
      write(table.getKey(), table.getValue());
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void write(String sql, List<Object[]> rows) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  /// The fastest that this file takes rows at all: one narrow row each, thousands a transaction.
  ///
  /// @return rows a second
  double rawInsertRate(int rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS raw_row (id INTEGER PRIMARY KEY, amount INTEGER)");
    }
    connection.setAutoCommit(false);
    long started = System.nanoTime();
    try (PreparedStatement statement = connection
        .prepareStatement("INSERT INTO raw_row (amount) VALUES (?)")) {
      for (int i = 0; i < rows; i++) {
        statement.setLong(1, i);
        statement.addBatch();
        if (i % 5_000 == 4_999) {
          statement.executeBatch();
          connection.commit();
        }
      }
      statement.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
    return rows / ((System.nanoTime() - started) / 1e9);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
