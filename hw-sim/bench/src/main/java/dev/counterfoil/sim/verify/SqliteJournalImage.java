package dev.counterfoil.sim.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;

/// Reads a terminal's journal from a private copy of its files, because the terminal may be running and holds its
/// database alone.
final class SqliteJournalImage {

  private SqliteJournalImage() {}

  static JournalImage read(String name, Path journal) throws IOException {
    Path folder = Files.createTempDirectory("counterfoil-journal");
    try {
      Path copy = folder.resolve("journal.db");
      Files.copy(journal, copy);
      Path log = journal.resolveSibling(journal.getFileName() + "-wal");
      if (Files.exists(log)) {
        Files.copy(log, folder.resolve("journal.db-wal"));
      }
      try (Connection connection = SqliteFile.openCopy(copy)) {
        return read(name, connection);
      } catch (SQLException e) {
        throw new IOException("journal " + journal + ": " + e.getMessage(), e);
      }
    } finally {
      for (String file : new String[] {"journal.db", "journal.db-wal", "journal.db-shm"}) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    }
  }

  private static JournalImage read(String name, Connection connection) throws SQLException {
    var records = new ArrayList<byte[]>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT bytes FROM record ORDER BY seq")) {
        while (rows.next()) {
          records.add(rows.getBytes(1));
        }
      }
      try (ResultSet head = statement.executeQuery("SELECT seq FROM head")) {
        return JournalImage.of(name, head.next() ? head.getLong(1) : 0, records);
      }
    }
  }
}
