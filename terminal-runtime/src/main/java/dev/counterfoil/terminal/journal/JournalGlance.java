package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import java.nio.file.Path;
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

    static Header of(JournalRecord record) {
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
    return SqliteGlance.into(file, records);
  }
}
