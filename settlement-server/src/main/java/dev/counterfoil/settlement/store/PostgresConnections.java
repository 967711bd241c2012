package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// Opens connections that keep what the store promises: a commit is on the disk when it is answered, a dead peer is
/// noticed, and a server that hangs does not hold a site.
final class PostgresConnections {

  /// Longest silence of the database server, seconds; longer than any commit unit takes.
  private static final String MOST_SILENCE_SECONDS = "30";
  private static final String CONNECT_SECONDS = "5";

  private final PostgresAddress address;
  private final String password;

  /// @param password empty if the server asks for none
  PostgresConnections(PostgresAddress address, String password) {
    this.address = address;
    this.password = password;
  }

  /// As the user of the address, who may change the schema.
  Connection asOwner() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "counterfoil");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", MOST_SILENCE_SECONDS);
    // Of several hosts, the one that takes commits; after a failover that is another one.
    properties.setProperty("targetServerType", "primary");
    Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET client_min_messages = warning");
      statement.execute("SET lock_timeout = '2s'");
      // A plan that was made and kept while a table was small reads a whole site for one row, for as long as the table
      // has not been analysed; on the first day of a busy site that is long enough to be noticed.
      statement.execute("SET plan_cache_mode = force_custom_plan");
      statement.execute("SET idle_in_transaction_session_timeout = '10s'");
      statement.execute("SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /// As the role that may not change what was booked, where {@link PostgresRole} could make it.
  Connection asWriter() throws SQLException {
    Connection connection = asOwner();
    try (Statement statement = connection.createStatement()) {
      PostgresRole.takeOn(statement);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /// Opened for reading, and unable to do anything else.
  Connection asReader() throws SQLException {
    Connection connection = asWriter();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = on");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }
}
