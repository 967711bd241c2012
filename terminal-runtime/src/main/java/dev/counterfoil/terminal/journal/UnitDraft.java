package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordSealer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// A commit unit in the making: seals record after record on top of the head it started from. It is committed
/// whole or dropped whole; nothing it signed leaves it otherwise.
final class UnitDraft {

  private final RecordSealer sealer;
  private final Signer signer;
  private final ChainPosition before;
  private final List<JournalRecord> records = new ArrayList<>();
  private final List<StateChange> changes = new ArrayList<>();

  private EpochHeld epoch;
  private ChainPosition head;
  private long hardwareCount;
  private boolean checkpointConsidered;

  UnitDraft(RecordSealer sealer, Signer signer, JournalState state) {
    this.sealer = sealer;
    this.signer = signer;
    this.before = state.head();
    this.head = state.head();
    this.epoch = state.epoch();
    this.hardwareCount = state.hardwareCount();
  }

  void change(StateChange change) {
    changes.add(change);
  }

  /// The epoch is adopted by this very unit and carried by its records.
  void adopt(EpochHeld adopted) {
    epoch = adopted;
    changes.add(new StateChange.EpochAdopted(adopted));
  }

  /// The epoch that this unit's records carry.
  EpochHeld epoch() {
    return epoch;
  }

  /// Declares everything up to `lost` as gone: the next record follows that number instead of the head's.
  void skipTo(ChainPosition lost) {
    head = new ChainPosition(lost.seq(), head.hash(), lost.turnover());
  }

  JournalRecord add(RecordDraft draft, RecordCircumstances when, LongFunction<List<StateChange>> follows) {
    changes.addAll(follows.apply(head.seq() + 1));
    JournalRecord record = sealer.seal(head, epoch.id(), when, draft, signer);
    records.add(record);
    head = record.position();
    if (when.hardwareCounter() > hardwareCount) {
      hardwareCount = when.hardwareCounter();
      changes.add(new StateChange.HardwareCounted(hardwareCount));
    }
    return record;
  }

  /// Whether a CHECKPOINT_SEEN may still go into this unit; true once, for the first business record.
  boolean takesCheckpoint() {
    boolean first = !checkpointConsidered;
    checkpointConsidered = true;
    return first;
  }

  CommitUnit unit() {
    return new CommitUnit(before, records.isEmpty() ? before : head, records, changes);
  }
}
