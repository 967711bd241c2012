package dev.counterfoil.sim.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// The least that makes a record durable: one narrow table, one insert, one commit with `synchronous=FULL` in WAL mode.
final class SqliteBareJournal implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement insert;

  SqliteBareJournal(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE record (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
    }
    insert = connection.prepareStatement("INSERT INTO record (seq, bytes) VALUES (?, ?)");
  }

  /// Durable when it returns.
  void append(long seq, byte[] bytes) throws SQLException {
    insert.setLong(1, seq);
    insert.setBytes(2, bytes);
    insert.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
