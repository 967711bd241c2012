package dev.counterfoil.settlement.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The store in one SQLite file: WAL, `synchronous=FULL`, one writing connection, any number of readers, and a lock
/// that keeps a second server out. A commit unit is one transaction and one fsync.
public final class SqliteSettlementStore extends SqlSettlementStore {

  /// Largest file that is checked from end to end when opened; a larger one takes too long and is checked by command.
  private static final long QUICK_CHECK_BYTES = 64L * 1024 * 1024;
  private static final SqlDialect DIALECT = new SqliteDialect();
  private static final int CACHE_KIB = 64 * 1024;

  private final Path file;
  private final SqliteLock lock;
  private final Connection connection;
  private boolean closed;

  private SqliteSettlementStore(Path file, SqliteLock lock, Connection connection) {
    super(new SqlStatements(connection, DIALECT));
    this.file = file;
    this.lock = lock;
    this.connection = connection;
  }

  /// Opens a database, or makes one.
  ///
  /// @throws StoreException STORE_LOCKED, STORE_NEWER_SCHEMA, STORE_CHANGED_MIGRATION, STORE_CORRUPT, STORE_FULL,
  ///     STORE_UNREADABLE; the file is unchanged then
  public static SqliteSettlementStore open(Path file) {
    SqliteLock lock = SqliteLock.take(file);
    Connection connection = null;
    try {
      connection = writing(file);
      requireSound(connection, file);
      new SqlMigrations(connection, DIALECT).apply();
      return new SqliteSettlementStore(file, lock, connection);
    } catch (SQLException e) {
      throw abandon(lock, connection, DIALECT.failed("opening " + file, e));
    } catch (IOException e) {
      throw abandon(lock, connection,
          new StoreException(StoreFault.STORE_UNREADABLE, file + ": " + e.getMessage(), e));
    } catch (StoreException e) {
      throw abandon(lock, connection, e);
    }
  }

  private static StoreException abandon(SqliteLock lock, @Nullable Connection connection,
      StoreException cause) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    lock.close();
    return cause;
  }

  private static Connection writing(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(-CACHE_KIB);
    config.enforceForeignKeys(true);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void requireSound(Connection connection, Path file) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      // A checkpoint every 4,000 pages keeps the write-ahead log short without slowing the commit path.
      statement.execute("PRAGMA wal_autocheckpoint = 4000");
      if (Files.size(file) > QUICK_CHECK_BYTES) {
        return;
      }
      try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
        String verdict = result.next() ? result.getString(1) : "no answer";
        if (!verdict.equals("ok")) {
          throw new StoreException(StoreFault.STORE_CORRUPT, file + ": " + verdict);
        }
      }
    }
  }

  /// A read-only view of a database file that may be in use by a server, for audits. Takes no lock.
  ///
  /// @throws StoreException if it cannot be read
  public static ReadView openReadOnly(Path file) {
    try {
      var config = new SQLiteConfig();
      config.setReadOnly(true);
      return new SqlReads(new SqlStatements(config.createConnection("jdbc:sqlite:" + file), DIALECT));
    } catch (SQLException e) {
      throw DIALECT.failed("opening " + file, e);
    }
  }

  @Override
  public ReadView openReader() {
    return openReadOnly(file);
  }

  /// Copies the whole database, consistent as of now, into a new file.
  ///
  /// @throws StoreException STORE_FULL, STORE_IO
  public void backupTo(Path target) {
    // A connection of its own: VACUUM cannot run beside this one's prepared statements.
    try (Connection reader = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        var statement = reader.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, target.toString());
      statement.execute();
    } catch (SQLException e) {
      throw DIALECT.failed("backing up to " + target, e);
    }
  }

  /// Size of the file in pages.
  long pages() {
    return pragma("page_count");
  }

  /// Caps the file's size; a unit that would go beyond it fails with STORE_FULL, as on a full disk.
  void limitPages(long most) {
    pragma("max_page_count = " + most);
  }

  private long pragma(String text) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + text)) {
      return result.next() ? result.getLong(1) : 0;
    } catch (SQLException e) {
      throw DIALECT.failed("PRAGMA " + text, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      super.close();
    }
  }
}
