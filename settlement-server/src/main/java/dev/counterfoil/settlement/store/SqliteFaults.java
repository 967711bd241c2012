package dev.counterfoil.settlement.store;

import java.sql.SQLException;
import java.util.Locale;

/// Tells what a failure of SQLite means. Batches report no result code, only the engine's message, so both are read.
final class SqliteFaults {

  private static final int BUSY = 5;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;
  private static final int PRIMARY_CODE = 0xff;

  private SqliteFaults() {}

  /// Whether a key that had to be new exists, rather than the storage being broken.
  static boolean isKeyConflict(SQLException e) {
    String message = message(e);
    boolean constraint = (e.getErrorCode() & PRIMARY_CODE) == CONSTRAINT || message.contains("constraint");
    return constraint && (message.contains("unique constraint") || message.contains("primarykey")
        || message.contains("primary key") || message.contains("constraint_unique"));
  }

  static StoreException of(String doing, SQLException e) {
    return new StoreException(fault(e), doing + ": " + e.getMessage(), e);
  }

  private static StoreFault fault(SQLException e) {
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
}
