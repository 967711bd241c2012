package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes a [RunFixture] into files as a server and a terminal leave them, in the production schema.
final class SqliteRunFixture {

  private static final byte[] HASH = new byte[32];

  private SqliteRunFixture() {}

  static RunFolder write(Path root, RunFixture run) throws Exception {
    RunFolder folder = RunFolder.of(root);
    Files.createDirectories(folder.serverData());
    SqliteSettlementStore.open(folder.serverDatabase()).close();
    try (Connection connection = open(folder.serverDatabase())) {
      connection.setAutoCommit(false);
      server(connection, run.books());
      connection.commit();
    }
    Path terminal = folder.terminal(RunFixture.TERMINAL);
    Files.createDirectories(terminal);
    try (Connection connection = open(folder.journal(terminal))) {
      journal(connection, run);
    }
    try (TapLog log = new TapLog(folder.taps())) {
      run.taps.forEach(log::add);
    }
    return folder;
  }

  static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static void journal(Connection connection, RunFixture run) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE record (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
      statement.execute("CREATE TABLE head (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL)");
      statement.execute("INSERT INTO head VALUES (1, " + run.records.getLast().seq() + ")");
    }
    for (JournalRecord record : run.records) {
      insert(connection, "INSERT INTO record VALUES (?, ?)", record.seq(), record.bytes());
    }
  }

  private static void server(Connection connection, ServerBooks books) throws SQLException {
    for (ServerBooks.Terminal terminal : books.terminals()) {
      terminal(connection, terminal);
    }
    for (ServerBooks.Transaction row : books.transactions()) {
      insert(connection, """
          INSERT INTO business_transaction (site, transaction_id, kind, terminal, seq, account, amount, asset,
            offline_flag, sync_status, reverses, first_transfer, terminal_ms, at_ms)
          VALUES (?, ?, ?, ?, ?, 0, ?, ?, 1, 1, NULL, 0, 0, 5)""", row.site(), row.id().bytes(),
          kind(row.kind()),
          row.terminal(), row.seq(), row.amount(), row.asset());
    }
    for (ServerBooks.Transfer row : books.transfers()) {
      insert(connection,
          """
          INSERT INTO transfer (site, transfer, transaction_id, leg, debit, credit, asset, amount, kind, reason,
            pending, at_ms, debit_after, credit_after) VALUES (?, ?, ?, 1, ?, ?, ?, ?, 1, 'test', NULL, 5, ?, ?)""",
          row.site(), row.id(), row.transaction().bytes(), row.debit(), row.credit(), row.asset(),
          row.amount(),
          row.debitAfter(), row.creditAfter());
    }
    for (ServerBooks.Account row : books.accounts()) {
      insert(connection, """
          INSERT INTO ledger_account (site, ledger, kind, owner, asset, posted_debits, posted_credits, held, floor,
            version, spent_day, spent_today) VALUES (?, ?, 1, ?, ?, ?, ?, ?, 0, 1, 0, 0)""", row.site(),
          row.id(),
          row.id(), row.asset(), row.postedDebits(), row.postedCredits(), row.held());
    }
  }

  private static int kind(ServerBooks.Transaction.Kind kind) {
    return switch (kind) {
      case SALE -> 1;
      case VOID -> 3;
      case DECLINE -> 4;
      case SERVER_BORN -> 5;
    };
  }

  private static void terminal(Connection connection, ServerBooks.Terminal terminal) throws SQLException {
    insert(connection, """
        INSERT INTO terminal (site, terminal, terminal_id, name, status, board_serial, certificate_hash, genesis_due,
          confirmed_epoch, confirmed_nonce, offered_at_ms, merchant_ledger, drawer_ledger, reason)
        VALUES (?, ?, ?, ?, 1, 'b', ?, 0, 1, 42, 0, 1, 2, '')""", terminal.site(), terminal.number(),
        terminal.id().bytes(), terminal.name(), terminal.certificate().bytes());
    insert(connection, """
        INSERT INTO terminal_head (site, terminal, received_seq, received_hash, received_turnover, settled_seq,
          settled_hash, settled_turnover, epoch, epoch_nonce, verified_seq, safe_seq, safe_hash, safe_turnover, bad_seq,
          ack_number, anchor_id) VALUES (?, ?, ?, ?, 0, ?, ?, 0, 1, 42, 0, 0, ?, 0, 0, 1, 0)""",
        terminal.site(),
        terminal.number(), terminal.receivedSeq(), HASH, terminal.settledSeq(), HASH, HASH);
    for (EpochId epoch : terminal.epochs()) {
      insert(connection,
          """
          INSERT INTO terminal_epoch (site, terminal, epoch, nonce, offered_at_ms, vouched) VALUES (?, ?, ?, ?, 0, 0)""",
          terminal.site(), terminal.number(), epoch.number(), epoch.nonce());
    }
    for (ServerBooks.Key key : terminal.keys()) {
      insert(connection, """
          INSERT INTO terminal_key (site, terminal, key_id, algorithm, public_key, from_seq, until_seq, revoked)
          VALUES (?, ?, ?, ?, ?, ?, ?, 0)""", terminal.site(), terminal.number(), key.key().id().value(),
          key.key().algorithm().code(), key.key().encoded(), key.fromSeq(), key.untilSeq());
    }
    records(connection, terminal);
  }

  /// Two records a batch, so that splitting is exercised.
  private static void records(Connection connection, ServerBooks.Terminal terminal) throws SQLException {
    for (int i = 0; i < terminal.records().size(); i += 2) {
      int last = Math.min(i + 1, terminal.records().size() - 1);
      byte[] bytes = terminal.records().get(i);
      if (last > i) {
        byte[] second = terminal.records().get(last);
        byte[] both = Arrays.copyOf(bytes, bytes.length + second.length);
        System.arraycopy(second, 0, both, bytes.length, second.length);
        bytes = both;
      }
      insert(connection,
          """
          INSERT INTO record_batch (site, terminal, first_seq, last_seq, bytes, at_ms) VALUES (?, ?, ?, ?, ?, 5)""",
          terminal.site(), terminal.number(), i + 1L, last + 1L, bytes);
    }
  }

  static void insert(Connection connection, String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
