package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;

/// Everything that becomes durable together or not at all: new records and the state that follows from them.
///
/// The unit says on which head it was built, so that a store can refuse a second writer or a stale attempt.
/// State changes carry absolute values and apply in list order; applying one twice changes nothing further.
///
/// @param before head the unit was built on
/// @param after head once it is durable; equals `before` when there are no records
/// @param records ascending, each sequence number above the one before (a GAP record skips the numbers it
///     names)
public record CommitUnit(ChainPosition before, ChainPosition after, List<JournalRecord> records,
    List<StateChange> changes) {

  public CommitUnit {
    records = List.copyOf(records);
    changes = List.copyOf(changes);
    long seq = before.seq();
    for (var record : records) {
      if (record.seq() <= seq) {
        throw new IllegalArgumentException("record " + record.seq() + " does not come after " + seq);
      }
      seq = record.seq();
    }
    if (after.seq() != seq || records.isEmpty() && !after.equals(before)) {
      throw new IllegalArgumentException("unit ends at " + seq + ", not at " + after);
    }
  }

  /// A unit that changes state and appends nothing.
  public static CommitUnit ofState(ChainPosition head, List<StateChange> changes) {
    return new CommitUnit(head, head, List.of(), changes);
  }
}
