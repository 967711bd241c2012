package dev.counterfoil.settlement.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server for tests: one a JVM, with the disk's promises kept, and an empty schema for whoever asks.
/// `COUNTERFOIL_PG_URL` names another one that tests may use.
public final class TestPostgres {

  /// A server that is there already, such as `postgresql://postgres@localhost/test`; its password is in `PGPASSWORD`.
  public static final String URL = "COUNTERFOIL_PG_URL";

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static @Nullable EmbeddedPostgres running;

  private TestPostgres() {}

  /// The server of this JVM, as its superuser.
  public static synchronized PostgresAddress server() {
    EmbeddedPostgres known = running;
    if (known == null) {
      try {
        known = EmbeddedPostgres.builder().setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      running = known;
    }
    return new PostgresAddress("postgres", "localhost:" + known.getPort(), "postgres", "");
  }

  /// The server that the environment names.
  public static PostgresAddress given() {
    return PostgresAddress.parse(System.getenv().getOrDefault(URL, "")).orElseThrow();
  }

  public static String password() {
    return System.getenv().getOrDefault("PGPASSWORD", "");
  }

  /// An empty schema of its own in a server's database.
  public static PostgresAddress emptyAt(PostgresAddress server) {
    String schema = "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    execute(server, "CREATE SCHEMA " + schema);
    return new PostgresAddress(server.user(), server.hosts(), server.database(), "currentSchema=" + schema);
  }

  /// Takes every row out of a schema, the history of its scripts excepted; no trigger stops the superuser.
  public static void clear(PostgresAddress address) {
    execute(address, "SET session_replication_role = replica", """
        DO $$ DECLARE t text; BEGIN
          FOR t IN SELECT quote_ident(tablename) FROM pg_tables
              WHERE schemaname = current_schema() AND tablename <> 'schema_history' LOOP
            EXECUTE 'DELETE FROM ' || t;
          END LOOP;
        END $$""");
  }

  public static PostgresAddress empty() {
    return emptyAt(server());
  }

  /// Where the server outlives the test. The one of this JVM does not.
  public static void drop(PostgresAddress address) {
    if (running != null && address.hosts().equals(server().hosts())) {
      return;
    }
    execute(address, "DROP SCHEMA " + address.options().substring("currentSchema=".length()) + " CASCADE");
  }

  public static Connection connect(PostgresAddress address) throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), password());
  }

  /// As the address's user.
  public static void execute(PostgresAddress address, String... texts) {
    try (Connection connection = connect(address); Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
