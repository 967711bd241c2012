package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a server's SQLite database as it stands, all of it in one read transaction, so that a running server may go on
/// writing. Never writes.
final class SqliteBooks {

  private static final int HOLD = 2;
  private static final int CAPTURE = 3;
  private static final int POSTED = 1;
  private static final int HOLD_OPEN = 1;

  private final Connection connection;

  private SqliteBooks(Connection connection) {
    this.connection = connection;
  }

  /// @throws IOException if the file is missing, no database, or not one of a settlement server
  static ServerBooks read(Path database) throws IOException {
    try (Connection connection = SqliteFile.openForReading(database)) {
      return new SqliteBooks(connection).readAll();
    } catch (SQLException e) {
      throw new IOException("server database " + database + ": " + e.getMessage(), e);
    }
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String sql, RowReader<T> reader, long... bindings) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < bindings.length; i++) {
        statement.setLong(i + 1, bindings[i]);
      }
      var rows = new ArrayList<T>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    }
  }

  private ServerBooks readAll() throws SQLException {
    return new ServerBooks(terminals(), transactions(), transfers(), accounts(), holds(), exceptions(),
        newestTime());
  }

  private List<ServerBooks.Terminal> terminals() throws SQLException {
    return rows("""
        SELECT t.site, t.terminal, t.terminal_id, t.name, t.certificate_hash, h.received_seq, h.settled_seq, h.safe_seq
        FROM terminal t LEFT JOIN terminal_head h ON h.site = t.site AND h.terminal = t.terminal
        ORDER BY t.site, t.terminal""", row -> {
      int site = row.getInt(1);
      int number = row.getInt(2);
      return new ServerBooks.Terminal(site, number, TerminalId.of(row.getBytes(3)), row.getString(4),
          Hash.of(row.getBytes(5)), epochs(site, number), keys(site, number), row.getLong(6), row.getLong(7),
          row.getLong(8), records(site, number));
    });
  }

  private Set<EpochId> epochs(int site, int terminal) throws SQLException {
    return new HashSet<>(rows("SELECT epoch, nonce FROM terminal_epoch WHERE site = ? AND terminal = ?",
        row -> new EpochId(row.getInt(1), row.getLong(2)), site, terminal));
  }

  private List<ServerBooks.Key> keys(int site, int terminal) throws SQLException {
    return rows("""
        SELECT algorithm, public_key, from_seq, until_seq FROM terminal_key
        WHERE site = ? AND terminal = ? ORDER BY from_seq""",
        row -> new ServerBooks.Key(
            VerificationKey.of(SignatureAlgorithm.ofCode(row.getInt(1)).orElseThrow(), row.getBytes(2)),
            row.getLong(3), row.getLong(4)),
        site, terminal);
  }

  private List<byte[]> records(int site, int terminal) throws SQLException {
    var records = new ArrayList<byte[]>();
    List<byte[]> batches = rows("""
        SELECT bytes FROM record_batch WHERE site = ? AND terminal = ? ORDER BY first_seq""",
        row -> row.getBytes(1), site, terminal);
    batches.forEach(batch -> split(batch, records));
    return records;
  }

  /// Bytes that are no record are kept as one piece, so that the chain check names the place.
  private static void split(byte[] batch, List<byte[]> into) {
    int at = 0;
    while (at < batch.length) {
      int length = JournalRecord.lengthAt(batch, at);
      int end = length < 0 || length > batch.length - at ? batch.length : at + length;
      into.add(Arrays.copyOfRange(batch, at, end));
      at = end;
    }
  }

  private List<ServerBooks.Transaction> transactions() throws SQLException {
    return rows("""
        SELECT site, transaction_id, kind, terminal, seq, amount, asset FROM business_transaction
        ORDER BY site, terminal, seq, transaction_id""",
        row -> new ServerBooks.Transaction(row.getInt(1), TransactionId.of(row.getBytes(2)),
            kind(row.getInt(3)),
            row.getInt(4), row.getLong(5), row.getLong(6), row.getString(7)));
  }

  private static ServerBooks.Transaction.Kind kind(int code) {
    return switch (code) {
      case 1, 2 -> ServerBooks.Transaction.Kind.SALE;
      case 3 -> ServerBooks.Transaction.Kind.VOID;
      case 4 -> ServerBooks.Transaction.Kind.DECLINE;
      default -> ServerBooks.Transaction.Kind.SERVER_BORN;
    };
  }

  private List<ServerBooks.Transfer> transfers() throws SQLException {
    return rows("""
        SELECT site, transfer, transaction_id, debit, credit, asset, amount, kind, pending, debit_after, credit_after
        FROM transfer ORDER BY site, transfer""",
        row -> new ServerBooks.Transfer(row.getInt(1), row.getLong(2), TransactionId.of(row.getBytes(3)),
            row.getLong(4), row.getLong(5), row.getString(6), row.getLong(7),
            row.getInt(8) == POSTED || row.getInt(8) == CAPTURE, row.getInt(8) == HOLD, row.getLong(9),
            row.getLong(10), row.getLong(11)));
  }

  private List<ServerBooks.Account> accounts() throws SQLException {
    return rows("""
        SELECT l.site, l.ledger, coalesce(a.holder_name, 'kind ' || l.kind || ' of ' || l.owner), l.asset,
          l.posted_debits, l.posted_credits, l.held
        FROM ledger_account l LEFT JOIN account a ON a.site = l.site AND a.cash_ledger = l.ledger
        ORDER BY l.site, l.ledger""",
        row -> new ServerBooks.Account(row.getInt(1), row.getLong(2), row.getString(3), row.getString(4),
            row.getLong(5), row.getLong(6), row.getLong(7)));
  }

  private List<ServerBooks.Hold> holds() throws SQLException {
    return rows("SELECT site, hold, ledger, amount, state, expires_ms FROM hold ORDER BY site, hold",
        row -> new ServerBooks.Hold(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4),
            row.getInt(5) == HOLD_OPEN, row.getLong(6)));
  }

  private List<ServerBooks.ExceptionEntry> exceptions() throws SQLException {
    return rows("""
        SELECT site, exception, kind, terminal, seq, transaction_id, resolved_at_ms FROM exception
        ORDER BY site, exception""",
        row -> new ServerBooks.ExceptionEntry(row.getInt(1), row.getLong(2), row.getString(3), row.getInt(4),
            row.getLong(5), transaction(row.getBytes(6)), row.getLong(7) == 0));
  }

  private static @Nullable TransactionId transaction(byte @Nullable [] bytes) {
    return bytes == null ? null : TransactionId.of(bytes);
  }

  private long newestTime() throws SQLException {
    return rows("""
        SELECT max(newest) FROM (
          SELECT max(at_ms) AS newest FROM transfer
          UNION ALL SELECT max(at_ms) FROM business_transaction
          UNION ALL SELECT max(raised_at_ms) FROM exception)""", row -> row.getLong(1)).getFirst();
  }
}
