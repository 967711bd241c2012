package dev.counterfoil.terminal.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The reading half of a journal database. Belongs to one connection and one thread.
final class SqliteReads {

  private final Connection connection;
  private final PreparedStatement recordsFrom;
  private final PreparedStatement oneRecord;
  private final PreparedStatement account;
  private final PreparedStatement denied;
  private final PreparedStatement spent;
  private final PreparedStatement cardUse;
  private final PreparedStatement find;

  SqliteReads(Connection connection) throws SQLException {
    this.connection = connection;
    recordsFrom = connection.prepareStatement("SELECT bytes FROM record WHERE seq >= ? ORDER BY seq LIMIT ?");
    oneRecord = connection.prepareStatement("SELECT bytes FROM record WHERE seq = ?");
    account = connection.prepareStatement("SELECT entry FROM account WHERE token = ?");
    denied = connection.prepareStatement("SELECT 1 FROM denied WHERE token = ?");
    spent = connection.prepareStatement("SELECT sum(minor) FROM spend "
        + "WHERE account_id = ? AND seq > ?");
    cardUse = connection.prepareStatement("SELECT epoch_day, day_count, day_minor, contact, offline_count, "
        + "offline_minor, meal, meal_count, meal_minor FROM card_use WHERE token = ?");
    find = connection.prepareStatement(
        """
        SELECT used.epoch_day, used.day_count, used.day_minor, used.contact, used.offline_count,
          used.offline_minor, used.meal, used.meal_count, used.meal_minor,
          used.token IS NOT NULL, denied.token IS NOT NULL, account.entry,
          (SELECT sum(minor) FROM spend
            WHERE spend.account_id = account.account_id AND spend.seq > account.as_of_seq),
          (SELECT sum(minor) FROM spend WHERE spend.account_id = account.account_id AND spend.seq > ?)
        FROM (SELECT ? AS token) AS card LEFT JOIN account ON account.token = card.token
          LEFT JOIN denied ON denied.token = card.token LEFT JOIN card_use AS used ON used.token = card.token""");
  }

  /// The whole state; rows that are missing or cannot be read are a corrupt database.
  JournalState state() throws SQLException {
    try {
      return StateRows.read(stateRows(), headRow());
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreFailure.CORRUPT, "state: " + e.getMessage(), e);
    }
  }

  List<JournalRecord> records(long fromSeq, int maxCount, int maxBytes) throws SQLException {
    recordsFrom.setLong(1, fromSeq);
    recordsFrom.setInt(2, maxCount);
    var found = new ArrayList<JournalRecord>();
    long size = 0;
    try (ResultSet rows = recordsFrom.executeQuery()) {
      while (rows.next()) {
        byte[] bytes = rows.getBytes(1);
        size += bytes.length;
        if (size > maxBytes && !found.isEmpty()) {
          break;
        }
        found.add(parse(bytes));
      }
    }
    return found;
  }

  Optional<JournalRecord> record(long seq) throws SQLException {
    oneRecord.setLong(1, seq);
    try (ResultSet rows = oneRecord.executeQuery()) {
      return rows.next() ? Optional.of(parse(rows.getBytes(1))) : Optional.empty();
    }
  }

  List<JournalRecord> tail(int count) throws SQLException {
    var found = new ArrayList<JournalRecord>();
    try (var statement = connection.prepareStatement("SELECT bytes FROM record ORDER BY seq DESC LIMIT ?")) {
      statement.setInt(1, count);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(parse(rows.getBytes(1)));
        }
      }
    }
    return List.copyOf(found.reversed());
  }

  Optional<AccountEntry> account(CardToken token) throws SQLException {
    account.setBytes(1, token.bytes());
    try (ResultSet rows = account.executeQuery()) {
      return rows.next() ? Optional.of(AccountEntry.parseFrom(rows.getBytes(1))) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException(StoreFailure.CORRUPT, "account entry of " + token, e);
    }
  }

  long accountCount() throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM account")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  long countUpTo(long seq) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT count(*) FROM record WHERE seq <= ?")) {
      statement.setLong(1, seq);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  boolean denied(CardToken token) throws SQLException {
    denied.setBytes(1, token.bytes());
    try (ResultSet rows = denied.executeQuery()) {
      return rows.next();
    }
  }

  long spentAfter(long accountId, long asOfSeq) throws SQLException {
    spent.setLong(1, accountId);
    spent.setLong(2, asOfSeq);
    try (ResultSet rows = spent.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  CardUse cardUse(CardToken token) throws SQLException {
    cardUse.setBytes(1, token.bytes());
    try (ResultSet rows = cardUse.executeQuery()) {
      return rows.next() ? use(token, rows) : CardUse.none(token);
    }
  }

  private static CardUse use(CardToken token, ResultSet row) throws SQLException {
    return new CardUse(token, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
        row.getLong(6), row.getInt(7), row.getLong(8), row.getLong(9));
  }

  /// One statement, because a tap waits for it and each statement takes the database's locks.
  CardFound find(CardToken token, long settledSeq) throws SQLException {
    find.setLong(1, settledSeq);
    find.setBytes(2, token.bytes());
    try (ResultSet row = find.executeQuery()) {
      row.next();
      CardUse use = row.getBoolean(10) ? use(token, row) : CardUse.none(token);
      byte[] entry = row.getBytes(12);
      return new CardFound(entry == null ? Optional.empty() : Optional.of(AccountEntry.parseFrom(entry)),
          row.getBoolean(11), use, row.getLong(13), row.getLong(14));
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException(StoreFailure.CORRUPT, "account entry of " + token, e);
    }
  }

  private HeadRow headRow() throws SQLException {
    try (var statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
        SELECT seq, hash, turnover, record_count, hardware_count, offline_contact, offline_count,
          offline_minor, run_millis, blind_starts, contact_wall_millis, last_sale
        FROM head WHERE id = 1""")) {
      if (!row.next()) {
        throw new IllegalArgumentException("no head row");
      }
      var head = new ChainPosition(row.getLong(1), Hash.of(row.getBytes(2)), row.getLong(3));
      return new HeadRow(head, row.getLong(4), row.getLong(5),
          new OfflineUse(row.getLong(6), row.getLong(7), row.getLong(8)),
          new RunTime(row.getLong(9), row.getLong(10), row.getLong(11)), lastSale(row.getBytes(12)));
    }
  }

  private static Optional<LastSale> lastSale(byte @Nullable [] column) {
    return Optional.ofNullable(column).map(FieldReader::new).map(StateRows::lastSale);
  }

  /// The notes that are not in `spend` and `card_use` yet.
  UnfoldedNotes notes() throws SQLException {
    var notes = new UnfoldedNotes();
    try (var statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
        SELECT note FROM record
        WHERE seq > (SELECT folded_seq FROM head) AND note IS NOT NULL ORDER BY seq""")) {
      while (rows.next()) {
        notes.add(RecordNote.of(rows.getBytes(1)));
      }
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreFailure.CORRUPT, "note: " + e.getMessage(), e);
    }
    return notes;
  }

  private Map<String, byte[]> stateRows() throws SQLException {
    var found = new HashMap<String, byte[]>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, value FROM state")) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getBytes(2));
      }
    }
    return found;
  }

  static JournalRecord parse(byte[] bytes) {
    try {
      return JournalRecord.parse(bytes);
    } catch (RecordFormatException e) {
      throw new StoreException(StoreFailure.CORRUPT, "stored record: " + e.getMessage(), e);
    }
  }
}
