package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// The newest records of a journal, for an index that is kept in memory only: read when it is first asked, told of what is
/// committed from then on. Blocks as the store does.
final class NewestRecords {

  private static final int READ_RECORDS = 500;
  private static final int READ_BYTES = 1024 * 1024;

  private final JournalStore store;
  private final long count;
  private final Consumer<JournalRecord> index;
  private boolean read;

  /// @param count how many
  /// @param index hears of each of them once, in order
  NewestRecords(JournalStore store, long count, Consumer<JournalRecord> index) {
    this.store = store;
    this.count = count;
    this.index = index;
  }

  /// Reads all of them, unless that was done.
  void read() {
    if (read) {
      return;
    }
    long next = Math.max(store.state().origin().seq(), store.state().head().seq() - count) + 1;
    for (var found = from(next); !found.isEmpty(); found = from(next)) {
      found.forEach(index);
      next = found.getLast().seq() + 1;
    }
    read = true;
  }

  private List<JournalRecord> from(long seq) {
    return store.records(seq, READ_RECORDS, READ_BYTES);
  }

  /// These were just committed, in order.
  ///
  /// @return whether the index has heard of them; else it will read them
  boolean committed(Collection<JournalRecord> records) {
    if (read) {
      records.forEach(index);
    }
    return read;
  }

  /// They are read again when next asked for.
  void forget() {
    read = false;
  }

  boolean contains(long seq) {
    return seq > store.state().head().seq() - count;
  }
}
