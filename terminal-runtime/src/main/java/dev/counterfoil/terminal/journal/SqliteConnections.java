package dev.counterfoil.terminal.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;

/// How journal databases are opened. Measured (reliability page, 2.3): WAL with `synchronous=FULL` lost no
/// acknowledged record in any power cut; a database first switched to WAL without `EXTRA` could lose its own creation.
final class SqliteConnections {

  /// Pages in the WAL at which a commit checkpoints by itself; [SqliteJournal#rest] does so far earlier, when no
  /// tap waits for it.
  private static final int WAL_BACKSTOP_PAGES = 8_000;
  private static final int CACHE_KIBIBYTES = 2_048;
  private static final int BUSY_MILLIS = 2_000;

  private SqliteConnections() {}

  /// Opens a database that does not exist yet and makes its creation itself durable.
  static Connection create(Path file) throws SQLException {
    Connection connection = connect(file, new SQLiteConfig());
    run(connection, "PRAGMA synchronous = EXTRA");
    run(connection, "PRAGMA journal_mode = WAL");
    return connection;
  }

  /// The writing connection.
  static Connection writer(Path file) throws SQLException {
    Connection connection = connect(file, new SQLiteConfig());
    run(connection, "PRAGMA synchronous = FULL");
    run(connection, "PRAGMA cell_size_check = ON");
    run(connection, "PRAGMA wal_autocheckpoint = " + WAL_BACKSTOP_PAGES);
    return connection;
  }

  /// A fresh reading connection, which sees what is in the files and nothing else.
  static Connection reader(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return connect(file, config);
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
    config.setPragma(Pragma.BUSY_TIMEOUT, Integer.toString(BUSY_MILLIS));
    config.setPragma(Pragma.CACHE_SIZE, Integer.toString(-CACHE_KIBIBYTES));
    return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
  }
}
