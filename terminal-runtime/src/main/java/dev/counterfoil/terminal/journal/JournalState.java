package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import java.util.Optional;

/// Everything durable about a terminal that fits into one value; what grows (records, accounts, denied cards,
/// spends, sums per card) is read from the [JournalStore] one row at a time.
///
/// Invariant: `head` is the position of the last stored record, or `origin` when there is none. Stores hold
/// to one meaning of a [CommitUnit] by all using [#after].
///
/// @param origin position before the first stored record: the enrolment's, or the prune anchor's
/// @param head last record
/// @param recordCount records stored, which a GAP makes fewer than the sequence numbers spanned
/// @param epoch epoch that new records carry
/// @param boots runs of the program
/// @param hardwareCount highest value of the board's monotonic counter seen, 0 = none
/// @param ack newest stored acknowledgement, [StoredAck#NONE] before the first
/// @param checkpoint last CHECKPOINT_SEEN
/// @param anchor newest server time
/// @param offlineUse approvals since contact
/// @param runTime run time since contact
/// @param versions of snapshot, deny list and configuration
/// @param pruned anchor of the last pruning
/// @param lastSale what a void would take back
/// @param heldDecline decline that still counts equal ones
/// @param barred why sales stay refused over restarts
/// @param gapSeq the newest GAP record declared here, 0 = none
/// @param locked whether an operator locked this terminal against sales
/// @param shift of the cashier
/// @param testMode whether an operator's card switched test mode on
public record JournalState(ChainPosition origin, ChainPosition head, long recordCount, EpochHeld epoch,
    Boots boots, long hardwareCount, StoredAck ack, CheckpointMark checkpoint, AnchorHeld anchor,
    OfflineUse offlineUse, RunTime runTime, CacheVersions versions, Optional<PruneAnchor> pruned,
    Optional<LastSale> lastSale, Optional<PendingDecline> heldDecline, Optional<Refusal> barred,
    long gapSeq, boolean locked, Shift shift, boolean testMode) {

  /// A journal just created at enrolment.
  ///
  /// @param origin what GENESIS follows: before the first enrolment (0, hash of the certificate, 0), at a
  ///     later one the server's mark
  public static JournalState enrolled(ChainPosition origin, EpochHeld epoch) {
    return new JournalState(origin, origin, 0, epoch, Boots.NONE, 0, StoredAck.NONE, CheckpointMark.NONE,
        AnchorHeld.NONE, OfflineUse.NONE, RunTime.NONE, CacheVersions.NONE, Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty(), 0, false, Shift.NONE, false);
  }

  /// Whether records were lost here that the server has not yet been told of: until then nobody else knows what this
  /// terminal may already have approved.
  public boolean hasUnseenGap() {
    return gapSeq > ack.receivedSeq();
  }

  /// The state once `unit` is durable.
  ///
  /// @throws StoreException with [StoreFailure#STALE_HEAD] if the unit was built on another head
  public JournalState after(CommitUnit unit) {
    if (!unit.before().equals(head)) {
      throw new StoreException(StoreFailure.STALE_HEAD,
          "unit builds on " + unit.before() + ", head is " + head);
    }
    var draft = new StateDraft(this);
    draft.head = unit.after();
    draft.recordCount += unit.records().size();
    unit.changes().forEach(draft::apply);
    return draft.state();
  }

  /// The state once everything up to the anchor is pruned.
  ///
  /// @param removed records removed
  public JournalState afterPruning(PruneAnchor anchor, long removed) {
    var draft = new StateDraft(this);
    draft.origin = anchor.position();
    draft.recordCount -= removed;
    draft.pruned = Optional.of(anchor);
    return draft.state();
  }

  /// Records written but not yet acknowledged as received.
  public long unsent() {
    return Math.max(0, head.seq() - Math.max(ack.receivedSeq(), origin.seq()));
  }
}
