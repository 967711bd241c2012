package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.copy.CopyException;
import dev.counterfoil.settlement.copy.SafeCopy;
import dev.counterfoil.settlement.store.HeadRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The second medium of the server: outlives its crashes and its restores, and may stand still.
final class ModelCopy implements SafeCopy {
  private final Map<Integer, NavigableMap<Long, JournalRecord>> streams = new HashMap<>();
  private boolean stalled;

  void stall(boolean now) {
    stalled = now;
  }

  /// Whether the copy holds the record with these exact bytes.
  boolean holds(int terminal, JournalRecord record) {
    JournalRecord kept = stream(terminal).get(record.seq());
    return kept != null && java.util.Arrays.equals(kept.bytes(), record.bytes());
  }

  @Override
  public ChainPosition position(int site, int terminal) {
    NavigableMap<Long, JournalRecord> stream = stream(terminal);
    return stream.isEmpty() ? HeadRow.NOWHERE : stream.lastEntry().getValue().position();
  }

  @Override
  public void append(int site, int terminal, List<JournalRecord> records) {
    if (stalled) {
      throw new CopyException("the second medium does not answer");
    }
    records.forEach(record -> stream(terminal).put(record.seq(), record));
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private NavigableMap<Long, JournalRecord> stream(int terminal) {
    return streams.computeIfAbsent(terminal, _ -> new TreeMap<>());
  }
}
