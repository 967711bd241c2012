package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// Finds out the age of a whole step of records that carry no server time, as a long run without contact leaves them:
/// a later record that is older than the thirty days says that they are too. Without it a journal whose oldest step
/// holds no known time would never be pruned again.
///
/// Belongs to the journal's thread, like the store. Looks at one step of records a call, so that a tap never waits long;
/// what it found out stays true, because records only grow older.
final class AgeSearch {

  private final JournalStore store;
  /// Every record up to here is old enough.
  private long oldUpTo;
  /// Records up to here carry no time that could tell.
  private long searchedTo;

  AgeSearch(JournalStore store) {
    this.store = store;
  }

  /// The anchor of a step whose own records do not tell their age; empty as long as no later one does.
  ///
  /// @param oldest the oldest stored records, none of which has a known age beyond the thirty days
  Optional<PruneAnchor> next(JournalState state, List<JournalRecord> oldest) {
    if (oldest.isEmpty() || oldest.stream().anyMatch(Pruning::isAnchored)) {
      return Optional.empty();
    }
    long last = oldest.getLast().seq();
    if (oldUpTo < last) {
      search(state, Math.max(searchedTo, last));
    }
    return oldUpTo < last ? Optional.empty() : Pruning.upTo(state, oldest, oldUpTo);
  }

  private void search(JournalState state, long after) {
    List<JournalRecord> window = store.records(after + 1, Pruning.STEP_RECORDS, Pruning.STEP_BYTES);
    window.stream().filter(record -> Pruning.isOld(state, record)).mapToLong(JournalRecord::seq).max()
        .ifPresent(seq -> oldUpTo = seq);
    if (!window.isEmpty() && window.stream().noneMatch(Pruning::isAnchored)) {
      searchedTo = window.getLast().seq();
    }
  }
}
