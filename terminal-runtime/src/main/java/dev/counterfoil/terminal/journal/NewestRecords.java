package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.function.Consumer;

/// The newest records of a journal, for indexes that are kept in memory only. Blocks as the store does.
///
/// @param count how many
record NewestRecords(JournalStore store, long count) {

  private static final int READ_RECORDS = 500;
  private static final int READ_BYTES = 1024 * 1024;

  /// Reads all of them, in order.
  void forEach(Consumer<JournalRecord> each) {
    long next = Math.max(store.state().origin().seq(), store.state().head().seq() - count) + 1;
    for (var found = from(next); !found.isEmpty(); found = from(next)) {
      found.forEach(each);
      next = found.getLast().seq() + 1;
    }
  }

  private List<JournalRecord> from(long seq) {
    return store.records(seq, READ_RECORDS, READ_BYTES);
  }

  boolean contains(long seq) {
    return seq > store.state().head().seq() - count;
  }
}
