package dev.counterfoil.terminal.journal;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Tells SQLite's result codes (sqlite.org/rescode.html) apart by what a terminal can do about them.
final class SqliteErrors {

  private static final int PRIMARY_CODE = 0xff;

  private SqliteErrors() {}

  static StoreException translate(String what, SQLException e) {
    return new StoreException(failureOf(e), what + ": " + e.getMessage(), e);
  }

  private static StoreFailure failureOf(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    return switch (SQLiteErrorCode.getErrorCode(code & PRIMARY_CODE)) {
      case SQLITE_FULL -> StoreFailure.DISK_FULL;
      case SQLITE_READONLY, SQLITE_PERM -> StoreFailure.READ_ONLY;
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_SCHEMA -> StoreFailure.CORRUPT;
      case SQLITE_BUSY, SQLITE_LOCKED -> StoreFailure.LOCKED;
      // Anything else means the same to a terminal: do not trust this connection any more.
      default -> StoreFailure.IO_ERROR;
    };
  }
}
