package dev.counterfoil.terminal.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// Takes a [JournalGlance] of a journal's database.
final class SqliteGlance {

  private SqliteGlance() {}

  static JournalGlance into(Path file, int records) {
    if (!Files.exists(file)) {
      throw new StoreException(StoreFailure.ABSENT, file.toString());
    }
    try (Connection connection = SqliteConnections.reader(file)) {
      connection.setAutoCommit(false);
      int schema = SqliteSchema.version(connection);
      if (!SqliteSchema.isJournal(connection)) {
        throw new StoreException(StoreFailure.CORRUPT, file + " is no journal of a terminal");
      }
      var reads = new SqliteReads(connection);
      JournalState state = reads.state();
      var newest = records == 0
          ? List.<JournalGlance.Header>of()
          : reads.tail(records).stream().map(JournalGlance.Header::of).toList();
      return new JournalGlance(state, schema, oldestUnsent(reads, state), newest);
    } catch (SQLException e) {
      throw SqliteErrors.translate("look into " + file, e);
    }
  }

  private static OptionalLong oldestUnsent(SqliteReads reads, JournalState state) throws SQLException {
    if (state.unsent() == 0) {
      return OptionalLong.empty();
    }
    var oldest = reads.record(Math.max(state.ack().receivedSeq(), state.origin().seq()) + 1);
    return oldest.isPresent() ? OptionalLong.of(oldest.get().wallMillis()) : OptionalLong.empty();
  }
}
