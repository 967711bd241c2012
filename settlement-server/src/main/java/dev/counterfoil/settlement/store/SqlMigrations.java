package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Brings a database to this version's schema: ordered scripts, each applied once and remembered with the checksum of
/// what was executed. All that is missing is applied in one transaction: an interrupted start leaves the old schema.
final class SqlMigrations {

  /// In the order of application; a script is never changed once it was released.
  static final List<String> SCRIPTS = List.of("V001__settlement.sql",
      "V002__till_reference.sql", "V003__sync_log.sql", "V004__admin_log.sql", "V005__intent.sql",
      "V006__refund.sql", "V007__account_history.sql", "V008__audit.sql", "V009__operators.sql",
      "V010__requests.sql", "V011__money.sql", "V012__accounts.sql",
      "V013__report_views.sql", "V014__limits.sql", "V015__recharges.sql", "V016__passwords.sql",
      "V017__recharge_methods.sql", "V018__office.sql", "V019__purses.sql", "V020__details.sql",
      "V021__predebit.sql", "V022__imports.sql", "V023__approval_levels.sql",
      "V024__who_and_when.sql", "V025__password_age.sql", "V026__price_terms.sql", "V027__meal_order.sql",
      "V028__terminal_condition.sql");

  private final Connection connection;
  private final SqlDialect dialect;
  private final SchemaScripts scripts;

  SqlMigrations(Connection connection, SqlDialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
    this.scripts = new SchemaScripts(dialect.name());
  }

  /// @throws StoreException STORE_NEWER_SCHEMA, STORE_CHANGED_MIGRATION, STORE_CORRUPT; the database is as before then
  void apply() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      dialect.claim(connection);
      dialect.grant(connection, bringUp(statement));
      connection.commit();
    } catch (SQLException | StoreException e) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /// @return whether anything was missing
  private boolean bringUp(Statement statement) throws SQLException {
    int present = version(statement);
    if (present > SCRIPTS.size()) {
      throw new StoreException(StoreFault.STORE_NEWER_SCHEMA,
          "schema " + present + ", this program knows up to " + SCRIPTS.size());
    }
    for (int version = 1; version <= SCRIPTS.size(); version++) {
      String text = scripts.script(SCRIPTS.get(version - 1));
      String checksum = checksum(text);
      if (version > present) {
        run(statement, version, text, checksum);
      } else {
        requireUnchanged(version, checksum);
      }
    }
    return present < SCRIPTS.size();
  }

  static String checksum(String text) {
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result = statement
        .executeQuery("SELECT coalesce(max(version), 0) FROM schema_history")) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private void run(Statement statement, int version, String text, String checksum) throws SQLException {
    for (String each : text.split("(?m)^;$")) {
      if (!each.isBlank()) {
        statement.execute(each);
      }
    }
    try (PreparedStatement done = connection
        .prepareStatement("INSERT INTO schema_history (version, script, checksum) VALUES (?, ?, ?)")) {
      done.setInt(1, version);
      done.setString(2, SCRIPTS.get(version - 1));
      done.setString(3, checksum);
      done.executeUpdate();
    }
  }

  private void requireUnchanged(int version, String checksum) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement
            .executeQuery("SELECT checksum FROM schema_history WHERE version = " + version)) {
      String stored = result.next() ? result.getString(1) : Hash.ZERO.toString();
      if (!stored.equals(checksum)) {
        throw new StoreException(StoreFault.STORE_CHANGED_MIGRATION,
            SCRIPTS.get(version - 1) + " was applied as " + stored + " and is now " + checksum);
      }
    }
  }
}
