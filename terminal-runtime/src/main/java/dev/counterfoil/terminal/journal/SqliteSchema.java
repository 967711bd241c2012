package dev.counterfoil.terminal.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables of a journal database and how older ones become newer. `PRAGMA user_version` counts the steps applied;
/// a step is never edited once it was released.
///
/// ```
/// record    seq INTEGER PRIMARY KEY, bytes BLOB        the signed bytes, exactly
///           note                                       what goes with it (RecordNote), valid above head.folded_seq
/// head      one row: seq, hash, turnover of the last record; record_count; what changes with nearly every record;
///           folded_seq: notes up to this record are in spend and card_use
/// state     name, value                                what changes seldom (StateRows)
/// account   token, account_id, as_of_seq, version, entry   the account snapshot, entry = AccountEntry message
/// denied    token, version                             the deny list
/// spend     account_id, seq, minor                     own approved records by account
/// card_use  token, epoch_day, day_count, day_minor, contact, offline_count, offline_minor, meal, meal_count, meal_minor
/// ```
/// A sale touches two pages, the last of `record` and that of `head`, because each page is written and synced before
/// the tap is answered. `record` and `head` are also read by auditors' tools; their names and meaning stay.
final class SqliteSchema {

  /// Marks a database as a terminal's journal ("CFJ1").
  static final int APPLICATION_ID = 0x43464a31;

  private static final List<List<String>> STEPS = List.of(List.of(
      "CREATE TABLE record (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
      """
          CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL,
            turnover INTEGER NOT NULL, record_count INTEGER NOT NULL, hardware_count INTEGER NOT NULL,
            offline_contact INTEGER NOT NULL, offline_count INTEGER NOT NULL, offline_minor INTEGER NOT NULL,
            run_millis INTEGER NOT NULL, blind_starts INTEGER NOT NULL, contact_wall_millis INTEGER NOT NULL)""",
      "CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
      """
          CREATE TABLE account (token BLOB PRIMARY KEY, account_id INTEGER NOT NULL, as_of_seq INTEGER NOT NULL,
            version INTEGER NOT NULL, entry BLOB NOT NULL) WITHOUT ROWID""",
      "CREATE INDEX account_by_id ON account (account_id)",
      "CREATE TABLE denied (token BLOB PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID",
      """
          CREATE TABLE spend (account_id INTEGER NOT NULL, seq INTEGER NOT NULL, minor INTEGER NOT NULL,
            PRIMARY KEY (account_id, seq)) WITHOUT ROWID""",
      """
          CREATE TABLE card_use (token BLOB PRIMARY KEY, epoch_day INTEGER NOT NULL, day_count INTEGER NOT NULL,
            day_minor INTEGER NOT NULL, contact INTEGER NOT NULL, offline_count INTEGER NOT NULL,
            offline_minor INTEGER NOT NULL) WITHOUT ROWID"""),
      List.of(
          "ALTER TABLE record ADD COLUMN note BLOB",
          "ALTER TABLE head ADD COLUMN folded_seq INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE head ADD COLUMN last_sale BLOB",
          """
              UPDATE head SET folded_seq = seq,
                last_sale = (SELECT value FROM state WHERE name = 'last_sale')""",
          "DELETE FROM state WHERE name = 'last_sale'"),
      List.of(
          "ALTER TABLE card_use ADD COLUMN meal INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE card_use ADD COLUMN meal_count INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE card_use ADD COLUMN meal_minor INTEGER NOT NULL DEFAULT 0"));

  private SqliteSchema() {}

  /// Brings an open database to the present version.
  ///
  /// @throws StoreException with [StoreFailure#NEWER_SCHEMA], or [StoreFailure#CORRUPT] if it is no journal
  static void migrate(Connection connection) throws SQLException {
    for (int step = version(connection); step < STEPS.size(); step++) {
      apply(connection, step);
    }
  }

  /// Whether the open database is a terminal's journal at all.
  static boolean isJournal(Connection connection) throws SQLException {
    return number(connection, "PRAGMA application_id") == APPLICATION_ID;
  }

  /// The steps applied to an open database.
  ///
  /// @throws StoreException with [StoreFailure#NEWER_SCHEMA] if this program does not know them all
  static int version(Connection connection) throws SQLException {
    int version = number(connection, "PRAGMA user_version");
    if (version > STEPS.size()) {
      throw new StoreException(StoreFailure.NEWER_SCHEMA,
          "database has version " + version + ", this program knows " + STEPS.size());
    }
    return version;
  }

  private static void apply(Connection connection, int step) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (String sql : STEPS.get(step)) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + (step + 1));
      statement.execute("COMMIT");
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
