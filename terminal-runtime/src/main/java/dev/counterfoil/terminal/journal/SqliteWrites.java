package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;

/// The writing half of a journal database: statements prepared once and kept, because preparing one costs more than
/// running it. Belongs to one connection and one thread.
final class SqliteWrites {

  private static final byte[] NOTHING = {};

  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;
  private final PreparedStatement insertRecord;
  private final PreparedStatement updateHead;
  private final PreparedStatement putState;
  private final PreparedStatement dropState;
  private final PreparedStatement putSpend;
  private final PreparedStatement putCardUse;
  private final Connection connection;

  SqliteWrites(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    rollback = connection.prepareStatement("ROLLBACK");
    insertRecord = connection.prepareStatement("INSERT INTO record (seq, bytes, note) VALUES (?, ?, ?)");
    updateHead = connection.prepareStatement("""
        UPDATE head SET seq = ?, hash = ?, turnover = ?, record_count = ?, hardware_count = ?,
          offline_contact = ?, offline_count = ?, offline_minor = ?, run_millis = ?, blind_starts = ?,
          contact_wall_millis = ?, last_sale = ?
        WHERE id = 1 AND seq = ? AND hash = ?""");
    putState = connection.prepareStatement("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)");
    dropState = connection.prepareStatement("DELETE FROM state WHERE name = ?");
    putSpend = connection.prepareStatement(
        "INSERT OR REPLACE INTO spend (account_id, seq, minor) VALUES (?, ?, ?)");
    putCardUse = connection.prepareStatement("""
        INSERT OR REPLACE INTO card_use
          (token, epoch_day, day_count, day_minor, contact, offline_count, offline_minor, meal, meal_count,
           meal_minor)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
  }

  void begin() throws SQLException {
    begin.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  void rollback() throws SQLException {
    rollback.execute();
  }

  /// Inserts records, the note beside the last of them.
  void insert(List<JournalRecord> records, RecordNote note) throws SQLException {
    for (JournalRecord record : records) {
      insertRecord.setLong(1, record.seq());
      insertRecord.setBytes(2, record.bytes());
      boolean noted = !note.isEmpty() && record == records.getLast();
      putOrClear(insertRecord, 3, noted ? note.bytes() : NOTHING);
      insertRecord.executeUpdate();
    }
  }

  /// Writes into `spend` and `card_use` what was noted beside records up to and with `head`.
  void fold(RecordNote noted, long head) throws SQLException {
    put(noted);
    SqliteConnections.run(connection, "UPDATE head SET folded_seq = " + head);
  }

  void put(RecordNote note) throws SQLException {
    for (Spend spend : note.spends()) {
      put(spend);
    }
    for (CardUse use : note.uses()) {
      put(use);
    }
  }

  private static void putOrClear(PreparedStatement statement, int index, byte[] value) throws SQLException {
    if (value.length == 0) {
      statement.setNull(index, Types.BLOB);
    } else {
      statement.setBytes(index, value);
    }
  }

  /// Removes records, and the spends among them that the cached snapshot contains.
  void deleteUpTo(long seq) throws SQLException {
    SqliteConnections.run(connection, "DELETE FROM record WHERE seq <= " + seq);
    SqliteConnections.run(connection, """
        DELETE FROM spend WHERE seq <= %d AND EXISTS (SELECT 1 FROM account
          WHERE account.account_id = spend.account_id AND account.as_of_seq >= spend.seq)""".formatted(seq));
  }

  /// Moves the head row from one state to the next.
  ///
  /// @return whether it stood where `before` says; otherwise somebody else wrote
  boolean moveHead(JournalState before, JournalState after) throws SQLException {
    updateHead.setLong(1, after.head().seq());
    updateHead.setBytes(2, after.head().hash().bytes());
    updateHead.setLong(3, after.head().turnover());
    updateHead.setLong(4, after.recordCount());
    updateHead.setLong(5, after.hardwareCount());
    updateHead.setLong(6, after.offlineUse().contact());
    updateHead.setLong(7, after.offlineUse().count());
    updateHead.setLong(8, after.offlineUse().amountMinor());
    updateHead.setLong(9, after.runTime().sinceContactMillis());
    updateHead.setLong(10, after.runTime().blindStarts());
    updateHead.setLong(11, after.runTime().contactWallMillis());
    putOrClear(updateHead, 12, after.lastSale().map(StateRows::lastSale).orElse(NOTHING));
    updateHead.setLong(13, before.head().seq());
    updateHead.setBytes(14, before.head().hash().bytes());
    return updateHead.executeUpdate() == 1;
  }

  void putState(Map<String, byte[]> rows) throws SQLException {
    for (var row : rows.entrySet()) {
      PreparedStatement statement = row.getValue().length == 0 ? dropState : putState;
      statement.setString(1, row.getKey());
      if (row.getValue().length > 0) {
        statement.setBytes(2, row.getValue());
      }
      statement.executeUpdate();
    }
  }

  /// Writes what a change means outside of [JournalState] and [RecordNote].
  void apply(StateChange change) throws SQLException {
    switch (change) {
      case StateChange.SnapshotPart part -> put(part);
      case StateChange.DenyPart part -> put(part);
      case StateChange.SpendRecorded _,StateChange.CardUsed _,StateChange.AckStored _,StateChange.EpochAdopted _,StateChange.AnchorTaken _,StateChange.ConfigTaken _,StateChange.OfflineUsed _,StateChange.RunTimeTicked _,StateChange.SaleKept _,StateChange.CheckpointBound _,StateChange.DeclineHeld _,StateChange.HardwareCounted _,StateChange.Started _,StateChange.Stopped _,StateChange.GapDeclared _,StateChange.Barred _,StateChange.ShiftChanged _,StateChange.SaleTold _,StateChange.TestModeSet _,StateChange.Locked _ ->
        {
        }
    }
  }

  private void put(Spend spend) throws SQLException {
    putSpend.setLong(1, spend.accountId());
    putSpend.setLong(2, spend.seq());
    putSpend.setLong(3, spend.amountMinor());
    putSpend.executeUpdate();
  }

  private void put(CardUse use) throws SQLException {
    putCardUse.setBytes(1, use.token().bytes());
    putCardUse.setLong(2, use.epochDay());
    putCardUse.setLong(3, use.dayCount());
    putCardUse.setLong(4, use.dayMinor());
    putCardUse.setLong(5, use.contact());
    putCardUse.setLong(6, use.offlineCount());
    putCardUse.setLong(7, use.offlineMinor());
    putCardUse.setInt(8, use.meal());
    putCardUse.setLong(9, use.mealCount());
    putCardUse.setLong(10, use.mealMinor());
    putCardUse.executeUpdate();
  }

  private void put(StateChange.SnapshotPart part) throws SQLException {
    try (var put = connection.prepareStatement("""
        INSERT OR REPLACE INTO account (token, account_id, as_of_seq, version, entry)
        VALUES (?, ?, ?, ?, ?)""");
        var remove = connection.prepareStatement(
            "DELETE FROM account WHERE token = ?")) {
      for (AccountEntry entry : part.entries()) {
        PreparedStatement statement = entry.getRemoved() ? remove : put;
        statement.setBytes(1, entry.getCardToken().toByteArray());
        if (!entry.getRemoved()) {
          put.setLong(2, entry.getAccountId());
          put.setLong(3, entry.getAsOfSeq());
          put.setLong(4, part.toVersion());
          put.setBytes(5, entry.toByteArray());
        }
        statement.executeUpdate();
      }
    }
    if (part.complete() && part.last()) {
      SqliteConnections.run(connection, "DELETE FROM account WHERE version <> " + part.toVersion());
    }
  }

  private void put(StateChange.DenyPart part) throws SQLException {
    if (part.complete()) {
      SqliteConnections.run(connection, "DELETE FROM denied");
    }
    try (
        var put = connection.prepareStatement("INSERT OR REPLACE INTO denied (token, version) VALUES (?, ?)");
        var remove = connection.prepareStatement("DELETE FROM denied WHERE token = ?")) {
      for (var token : part.added()) {
        put.setBytes(1, token.bytes());
        put.setLong(2, part.toVersion());
        put.executeUpdate();
      }
      for (var token : part.removed()) {
        remove.setBytes(1, token.bytes());
        remove.executeUpdate();
      }
    }
  }
}
