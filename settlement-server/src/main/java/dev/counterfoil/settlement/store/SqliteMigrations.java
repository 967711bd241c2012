package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Brings a database to this version's schema: ordered scripts, each applied once and remembered with its checksum.
final class SqliteMigrations {

  /// In the order of application; a script is never changed once it was released.
  private static final List<String> SCRIPTS = List.of("V001__settlement.sql",
      "V002__till_reference.sql", "V003__sync_log.sql", "V004__admin_log.sql", "V005__intent.sql",
      "V006__refund.sql", "V007__account_history.sql", "V008__audit.sql", "V009__operators.sql");

  /// "CFSV": tells our files from any other SQLite database.
  static final int APPLICATION_ID = 0x43465356;

  private SqliteMigrations() {}

  /// @throws StoreException STORE_NEWER_SCHEMA, STORE_CHANGED_MIGRATION, STORE_CORRUPT
  static void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      requireOurs(statement);
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("CREATE TABLE IF NOT EXISTS schema_history"
          + " (version INTEGER PRIMARY KEY, script TEXT NOT NULL, checksum TEXT NOT NULL) STRICT");
    }
    int present = version(connection);
    if (present > SCRIPTS.size()) {
      throw new StoreException(StoreFault.STORE_NEWER_SCHEMA,
          "schema " + present + ", this program knows up to " + SCRIPTS.size());
    }
    for (int version = 1; version <= SCRIPTS.size(); version++) {
      String text = text(SCRIPTS.get(version - 1));
      String checksum = Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).toString();
      if (version > present) {
        run(connection, version, text, checksum);
      } else {
        requireUnchanged(connection, version, checksum);
      }
    }
  }

  /// An empty database has no tables; any other must carry our mark.
  private static void requireOurs(Statement statement) throws SQLException {
    int id = number(statement, "PRAGMA application_id");
    int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
    if (id != APPLICATION_ID && tables > 0) {
      throw new StoreException(StoreFault.STORE_CORRUPT,
          "file is another program's database (application id " + id + ")");
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return number(statement, "SELECT coalesce(max(version), 0) FROM schema_history");
    }
  }

  private static void run(Connection connection, int version, String text, String checksum)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String each : text.split("(?m)^;$")) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
      statement.execute("INSERT INTO schema_history (version, script, checksum) VALUES (" + version + ", '"
          + SCRIPTS.get(version - 1) + "', '" + checksum + "')");
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void requireUnchanged(Connection connection, int version, String checksum)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement
            .executeQuery("SELECT checksum FROM schema_history WHERE version = " + version)) {
      String stored = result.next() ? result.getString(1) : Hash.ZERO.toString();
      if (!stored.equals(checksum)) {
        throw new StoreException(StoreFault.STORE_CHANGED_MIGRATION,
            SCRIPTS.get(version - 1) + " was applied as "
                + stored + " and is now " + checksum);
      }
    }
  }

  private static String text(String script) {
    try (InputStream in = SqliteMigrations.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read from the program: " + script, e);
    }
  }
}
