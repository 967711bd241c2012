package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// A look into a journal that a terminal may be writing at this moment: by a read-only connection, which in WAL mode waits for
/// nobody and lets nobody wait, and without the journal's lock. Sees the newest commit before it.
///
/// @param schema              of the database, as a number
/// @param oldestUnsentMillis  wall clock of the oldest record that the server has not acknowledged
/// @param newest              the newest records without what they say, the newest last
public record JournalGlance(JournalState state, int schema, OptionalLong oldestUnsentMillis,
    List<Header> newest) {

  /// A record without its body, which names cards and goods, and without its signature.
  ///
  /// @param kind   the kind's name, or its number if a newer program wrote it
  public record Header(long seq, String kind, long wallMillis, TimeQuality timeQuality, long bootMillis,
      long amountMinor,
      long turnover, int bodyLength) {

    private static Header of(JournalRecord record) {
      return new Header(record.seq(), record.kind().map(RecordKind::name).orElse("KIND_" + record.kindCode()),
          record.wallMillis(), record.timeQuality(), record.bootMillis(), record.amount(), record.turnover(),
          record.bodyLength());
    }
  }

  public JournalGlance {
    newest = List.copyOf(newest);
  }

  /// Looks. On the calling thread; blocks as long as the medium takes.
  ///
  /// @param records how many of the newest records, 0 for none
  /// @throws StoreException [StoreFailure#ABSENT], [StoreFailure#CORRUPT], [StoreFailure#NEWER_SCHEMA] or what the medium says
  public static JournalGlance into(Path file, int records) {
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
      var newest = records == 0 ? List.<Header>of() : reads.tail(records).stream().map(Header::of).toList();
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
