package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.copy.CopyException;
import dev.counterfoil.settlement.copy.SafeCopy;
import dev.counterfoil.settlement.store.HeadRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The second medium of the server: outlives its crashes and its restores, and may stand still. Keeps of each record
/// its place in the chain, whose hash covers all of its bytes.
final class ModelCopy implements SafeCopy {
  private final Map<Integer, NavigableMap<Long, ChainPosition>> streams = new HashMap<>();
  private boolean stalled;

  void stall(boolean now) {
    stalled = now;
  }

  /// Whether the copy holds the record with these exact bytes.
  boolean holds(int terminal, JournalRecord record) {
    ChainPosition kept = stream(terminal).get(record.seq());
    return kept != null && kept.hash().equals(record.hash());
  }

  @Override
  public ChainPosition position(int site, int terminal) {
    NavigableMap<Long, ChainPosition> stream = stream(terminal);
    return stream.isEmpty() ? HeadRow.NOWHERE : stream.lastEntry().getValue();
  }

  @Override
  public void append(int site, int terminal, List<JournalRecord> records) {
    if (stalled) {
      throw new CopyException("the second medium does not answer");
    }
    for (JournalRecord record : records) {
      ChainPosition last = position(site, terminal);
      boolean follows = last.seq() == 0 || record.previous().equals(last.hash())
          || record.is(RecordKind.GENESIS);
      if (!follows || record.seq() <= last.seq()) {
        throw new CopyException("COPY_DIFFERS: record " + record.seq() + " does not follow " + last.seq());
      }
      stream(terminal).put(record.seq(), record.position());
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private NavigableMap<Long, ChainPosition> stream(int terminal) {
    NavigableMap<Long, ChainPosition> known = streams.get(terminal);
    if (known == null) {
      known = new TreeMap<>();
      streams.put(terminal, known);
    }
    return known;
  }
}
