package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/// SQLite's part. Batches report no result code, only the engine's message, so both are read.
record SqliteDialect() implements SqlDialect {

  /// "CFSV": tells our files from any other SQLite database.
  static final int APPLICATION_ID = 0x43465356;

  private static final int BUSY = 5;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;
  private static final int PRIMARY_CODE = 0xff;

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public boolean isKeyConflict(SQLException e) {
    String message = message(e);
    boolean constraint = (e.getErrorCode() & PRIMARY_CODE) == CONSTRAINT || message.contains("constraint");
    return constraint && (message.contains("unique constraint") || message.contains("primarykey")
        || message.contains("primary key") || message.contains("constraint_unique"));
  }

  /// One process writes, and waits for nobody.
  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean takesArrays() {
    return false;
  }

  @Override
  public boolean isLostRace(SQLException e) {
    return false;
  }

  /// A full disk makes SQLite roll back by itself.
  @Override
  public boolean isWithoutTransaction(SQLException e) {
    return String.valueOf(e.getMessage()).contains("no transaction is active");
  }

  @Override
  public StoreFault fault(SQLException e) {
    String message = message(e);
    int code = e.getErrorCode() & PRIMARY_CODE;
    if (code == FULL || message.contains("database or disk is full")) {
      return StoreFault.STORE_FULL;
    }
    if (code == CORRUPT || code == NOT_A_DATABASE || message.contains("malformed")
        || message.contains("not a database")) {
      return StoreFault.STORE_CORRUPT;
    }
    return code == BUSY || message.contains("database is locked") ? StoreFault.STORE_LOCKED
        : StoreFault.STORE_IO;
  }

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }

  /// An empty database has no tables; any other must carry our mark. {@link SqliteLock} keeps other servers out.
  @Override
  public void claim(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int id = number(statement, "PRAGMA application_id");
      int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
      if (id != APPLICATION_ID && tables > 0) {
        throw new StoreException(StoreFault.STORE_CORRUPT,
            "file is another program's database (application id " + id + ")");
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      connection.setAutoCommit(false);
      statement.execute("CREATE TABLE IF NOT EXISTS schema_history"
          + " (version INTEGER PRIMARY KEY, script TEXT NOT NULL, checksum TEXT NOT NULL) STRICT");
    }
  }

  /// Whoever may open the file may do anything with it.
  @Override
  public void grant(Connection connection, boolean changed) {
    // Triggers keep the append-only tables.
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }
}
