package dev.counterfoil.sim.bench;

import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.PostgresSettlementStore;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// A database that our store can be opened on, and bare connections to it with the very settings that our store uses.
sealed interface SqlDatabase {

  /// Knuth's multiplicative hash, within 60 bits.
  String SCATTERED = "(i * 2654435761) % 1152921504606846976";

  /// Our store; makes the schema where it is missing.
  SettlementStore openStore();

  /// A connection that reads and writes, durable at every commit.
  Connection connect() throws SQLException;

  /// Lets a connection write without waiting for the disk.
  void hurry(Statement statement) throws SQLException;

  /// Brings everything that was written in a hurry onto the disk, and the planner's figures up to date.
  void settle(Statement statement) throws SQLException;

  /// An expression for 32 bytes that depend on a number.
  String hashOf(String number);

  /// An expression for the id that a terminal draws at a time: its milliseconds first (RFC 9562, version 7), then bits
  /// that depend on a number.
  String idOf(String atMs, String number);

  /// One file.
  record Sqlite(Path file) implements SqlDatabase {

    @Override
    public SettlementStore openStore() {
      return SqliteSettlementStore.open(file);
    }

    @Override
    public Connection connect() throws SQLException {
      var config = new SQLiteConfig();
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(SynchronousMode.FULL);
      config.setCacheSize(-64 * 1024);
      config.enforceForeignKeys(true);
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_autocheckpoint = 4000");
      }
      return connection;
    }

    @Override
    public void hurry(Statement statement) throws SQLException {
      statement.execute("PRAGMA synchronous = OFF");
    }

    @Override
    public void settle(Statement statement) throws SQLException {
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    @Override
    public String hashOf(String number) {
      return "randomblob(32)";
    }

    @Override
    public String idOf(String atMs, String number) {
      return "unhex(printf('%012x7%03x8%015x', " + atMs + ", " + number + " % 4096, "
          + SCATTERED.replace("i", number)
          + "))";
    }
  }

  /// One schema of a PostgreSQL database.
  ///
  /// @param password empty if the server asks for none
  record Postgres(PostgresAddress address, String password) implements SqlDatabase {

    @Override
    public SettlementStore openStore() {
      return PostgresSettlementStore.open(address, password);
    }

    /// The driver joins the inserts of a batch into one statement of many rows, as it does for our store.
    @Override
    public Connection connect() throws SQLException {
      var properties = new Properties();
      properties.setProperty("user", address.user());
      if (!password.isEmpty()) {
        properties.setProperty("password", password);
      }
      properties.setProperty("reWriteBatchedInserts", "true");
      return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    @Override
    public void hurry(Statement statement) throws SQLException {
      statement.execute("SET synchronous_commit = off");
    }

    /// What autovacuum would do some time later, in the middle of a round. A checkpoint is for superusers; where the
    /// user is none, the server makes its own.
    @Override
    public void settle(Statement statement) throws SQLException {
      statement.execute("VACUUM ANALYZE");
      try (ResultSet may = statement
          .executeQuery("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
        if (!may.next() || !may.getBoolean(1)) {
          return;
        }
      }
      statement.execute("CHECKPOINT");
    }

    @Override
    public String hashOf(String number) {
      return "sha256(int8send(" + number + "))";
    }

    @Override
    public String idOf(String atMs, String number) {
      return "decode(lpad(to_hex(" + atMs + "), 12, '0') || '7' || lpad(to_hex(" + number
          + " % 4096), 3, '0') || '8'"
          + " || lpad(to_hex(" + SCATTERED.replace("i", number) + "), 15, '0'), 'hex')";
    }

    /// Leaves the secret out.
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
