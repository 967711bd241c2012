package dev.counterfoil.sim.bench;

import dev.counterfoil.settlement.store.PostgresAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Empty databases for a bench, gone or left alone when it is over: files in its folder, or schemas of a PostgreSQL server.
/// That is the one that `COUNTERFOIL_PG_URL` names, or else one that is started here with what the disk promises kept; its
/// binaries come with the build.
public final class SqlDatabases implements AutoCloseable {

  /// A server that is there already, such as `postgresql://postgres@localhost/test`; its password is in `PGPASSWORD`.
  static final String URL = "COUNTERFOIL_PG_URL";

  private final Opener opener;
  private final List<SqlDatabase> opened = new ArrayList<>();

  /// Where databases come from.
  private sealed interface Opener {

    record Files(Path folder) implements Opener {}

    /// @param running null if the server is somebody else's
    record Server(PostgresAddress address, String password, @Nullable EmbeddedPostgres running)
        implements
          Opener {}
  }

  private SqlDatabases(Opener opener) {
    this.opener = opener;
  }

  /// @param folder on the disk that is to be measured
  public static SqlDatabases sqlite(Path folder) {
    return new SqlDatabases(new Opener.Files(folder));
  }

  /// @param folder      of a server that is started here
  /// @param environment may name a server
  /// @throws IOException if none can be started on this machine: name one
  public static SqlDatabases postgres(Path folder, Map<String, String> environment) throws IOException {
    String url = environment.getOrDefault(URL, "");
    if (!url.isEmpty()) {
      PostgresAddress address = PostgresAddress.parse(url)
          .orElseThrow(() -> new IllegalArgumentException(URL + " must be postgresql://USER@HOST/DATABASE"));
      return new SqlDatabases(
          new Opener.Server(address, environment.getOrDefault("PGPASSWORD", ""), null));
    }
    EmbeddedPostgres running = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgresql"))
        .setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        // What anybody sets on a server that takes more than a handful of writes; the default is that of a small machine.
        .setServerConfig("shared_buffers", "512MB").setServerConfig("max_wal_size", "4GB")
        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD).start();
    var address = new PostgresAddress("postgres", "localhost:" + running.getPort(), "postgres", "");
    return new SqlDatabases(new Opener.Server(address, "", running));
  }

  /// An empty database of its own.
  ///
  /// @param name letters only
  public SqlDatabase empty(String name) throws SQLException {
    SqlDatabase database = switch (opener) {
      case Opener.Files(Path folder) -> new SqlDatabase.Sqlite(folder.resolve(name + ".db"));
      case Opener.Server(var address, var password, _) -> {
        String schema = "bench" + ProcessHandle.current().pid() + "_" + name;
        execute(address, password, "CREATE SCHEMA " + schema);
        yield new SqlDatabase.Postgres(
            new PostgresAddress(address.user(), address.hosts(), address.database(),
                "currentSchema=" + schema),
            password);
      }
    };
    opened.add(database);
    return database;
  }

  private static void execute(PostgresAddress address, String password, String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), password);
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /// Ends a server that was started here, and takes the schemas out of another one. Files stay.
  @Override
  public void close() throws SQLException, IOException {
    if (opener instanceof Opener.Server(var address, var password, var running)) {
      if (running != null) {
        running.close();
        return;
      }
      for (SqlDatabase database : opened) {
        if (database instanceof SqlDatabase.Postgres(var at, _)) {
          execute(address, password,
              "DROP SCHEMA " + at.options().replace("currentSchema=", "") + " CASCADE");
        }
      }
    }
  }
}
