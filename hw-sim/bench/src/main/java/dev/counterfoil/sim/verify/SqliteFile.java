package dev.counterfoil.sim.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// Opens SQLite files for an audit: read-only, and everything that is read belongs to one moment.
final class SqliteFile {

  private SqliteFile() {}

  /// Opens a file that nobody else uses, so that SQLite may take its write-ahead log into account.
  static Connection openCopy(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }

  /// @return a connection inside a read transaction; closing it ends the transaction
  /// @throws SQLException if there is no such file or it is no database
  static Connection openForReading(Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new SQLException("no database at " + file);
    }
    Connection connection = DriverManager
        .getConnection("jdbc:sqlite:file:" + file.toAbsolutePath() + "?mode=ro");
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM sqlite_schema").close();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
