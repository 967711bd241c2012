package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import java.util.Optional;

/// A [JournalState] while a commit unit is applied to it.
final class StateDraft {

  ChainPosition origin;
  ChainPosition head;
  long recordCount;
  Optional<PruneAnchor> pruned;

  private EpochHeld epoch;
  private Boots boots;
  private long hardwareCount;
  private StoredAck ack;
  private CheckpointMark checkpoint;
  private AnchorHeld anchor;
  private OfflineUse offlineUse;
  private RunTime runTime;
  private CacheVersions versions;
  private Optional<LastSale> lastSale;
  private Optional<PendingDecline> heldDecline;
  private Optional<Refusal> barred;
  private long gapSeq;
  private boolean locked;
  private Shift shift;
  private boolean testMode;

  StateDraft(JournalState from) {
    origin = from.origin();
    head = from.head();
    recordCount = from.recordCount();
    epoch = from.epoch();
    boots = from.boots();
    hardwareCount = from.hardwareCount();
    ack = from.ack();
    checkpoint = from.checkpoint();
    anchor = from.anchor();
    offlineUse = from.offlineUse();
    runTime = from.runTime();
    versions = from.versions();
    pruned = from.pruned();
    lastSale = from.lastSale();
    heldDecline = from.heldDecline();
    barred = from.barred();
    gapSeq = from.gapSeq();
    locked = from.locked();
    shift = from.shift();
    testMode = from.testMode();
  }

  JournalState state() {
    return new JournalState(origin, head, recordCount, epoch, boots, hardwareCount, ack, checkpoint, anchor,
        offlineUse, runTime, versions, pruned, lastSale, heldDecline, barred, gapSeq, locked,
        shift, testMode);
  }

  void apply(StateChange change) {
    switch (change) {
      case StateChange.AckStored(var stored) -> ack = stored;
      // Numbers never go back along a chain, whatever an older record says that is read again.
      case StateChange.EpochAdopted(var held) -> epoch = epoch.id().isAfter(held.id()) ? epoch : held;
      case StateChange.AnchorTaken(var taken) -> anchor = taken;
      case StateChange.ConfigTaken(var version) -> versions = withConfig(version);
      case StateChange.SnapshotPart part -> versions = withSnapshot(part);
      case StateChange.DenyPart part -> versions = withDeny(part);
      case StateChange.OfflineUsed(var use) -> offlineUse = use;
      case StateChange.RunTimeTicked(var ticked) -> runTime = ticked;
      case StateChange.SaleKept(var sale) -> lastSale = sale;
      case StateChange.SaleTold(var seq) ->
        lastSale = lastSale.map(sale -> sale.seq() == seq ? sale.asTold() : sale);
      case StateChange.CheckpointBound(var mark) -> checkpoint = mark;
      case StateChange.DeclineHeld(var held) -> heldDecline = held;
      case StateChange.HardwareCounted(var count) -> hardwareCount = count;
      case StateChange.Started(var count, var bootId) -> boots = new Boots(count, bootId, false);
      case StateChange.Stopped() -> boots = new Boots(boots.count(), boots.last(), true);
      case StateChange.Barred(var reason) -> barred = reason;
      case StateChange.GapDeclared(var seq) -> gapSeq = seq;
      case StateChange.Locked(var now) -> locked = now;
      case StateChange.TestModeSet(var on) -> testMode = on;
      case StateChange.ShiftChanged(var now) -> shift = now;
      // Rows of their own, not part of this value.
      case StateChange.CardUsed _,StateChange.SpendRecorded _ -> {
      }
    }
  }

  private CacheVersions withConfig(long version) {
    return new CacheVersions(versions.snapshot(), versions.snapshotServerMillis(), versions.deny(),
        versions.denyServerMillis(), version);
  }

  private CacheVersions withSnapshot(StateChange.SnapshotPart part) {
    return part.last()
        ? new CacheVersions(part.toVersion(), part.serverMillis(), versions.deny(),
            versions.denyServerMillis(), versions.config())
        : versions;
  }

  private CacheVersions withDeny(StateChange.DenyPart part) {
    return new CacheVersions(versions.snapshot(), versions.snapshotServerMillis(), part.toVersion(),
        part.serverMillis(), versions.config());
  }
}
