package dev.counterfoil.sim.world.disk;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.journal.JournalMirror;
import dev.counterfoil.terminal.journal.MirrorEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The mirror medium: what was synced survives a cut, what was only appended survives as far as luck allows.
///
/// @see #cutPower
public final class ModelMirror implements JournalMirror {
  private static final int KEPT = 2_000;

  private final boolean keepsBytes;
  private final Deque<MirrorEntry> durable = new ArrayDeque<>();
  private final Deque<MirrorEntry> unsynced = new ArrayDeque<>();

  /// @param keepsBytes a second medium with whole records, or digests only
  public ModelMirror(boolean keepsBytes) {
    this.keepsBytes = keepsBytes;
  }

  /// An independent copy of what is durable.
  public ModelMirror copy() {
    ModelMirror copy = new ModelMirror(keepsBytes);
    copy.durable.addAll(durable);
    copy.durable.addAll(unsynced);
    return copy;
  }

  /// Power ends: `survivors` of the appended entries, in order, happened to be written; the rest is gone.
  ///
  /// @return how many were lost
  public int cutPower(int survivors) {
    for (int i = 0; i < survivors && !unsynced.isEmpty(); i++) {
      durable.addLast(unsynced.removeFirst());
    }
    int lost = unsynced.size();
    unsynced.clear();
    return lost;
  }

  public int unsynced() {
    return unsynced.size();
  }

  /// The highest number that would be found after a cut that spares everything; 0 if there is none.
  public long newestSeq() {
    MirrorEntry newest = unsynced.isEmpty() ? durable.peekLast() : unsynced.peekLast();
    return newest == null ? 0 : newest.position().seq();
  }

  /// The medium was replaced by an empty one.
  public void wipe() {
    durable.clear();
    unsynced.clear();
  }

  @Override
  public List<MirrorEntry> load() {
    return durable.stream().toList();
  }

  @Override
  public void append(JournalRecord record) {
    unsynced.addLast(entry(record));
  }

  @Override
  public void sync() {
    durable.addAll(unsynced);
    unsynced.clear();
    while (durable.size() > KEPT) {
      durable.removeFirst();
    }
  }

  @Override
  public void rebuild(List<JournalRecord> records) {
    wipe();
    records.forEach(record -> durable.addLast(entry(record)));
  }

  private MirrorEntry entry(JournalRecord record) {
    return keepsBytes ? MirrorEntry.whole(record) : MirrorEntry.digest(record.position());
  }

  @Override
  public void close() {
    // Nothing outside the heap is held.
  }
}
