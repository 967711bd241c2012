package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.card.CardToken;
import java.util.List;
import java.util.Optional;

/// One durable change of the terminal's state, committed with the records it belongs to. Values are absolute.
public sealed interface StateChange {

  /// The server's newest acknowledgement, its signature already verified.
  record AckStored(StoredAck ack) implements StateChange {}

  /// An offered epoch is durable from here on and may be confirmed to the server; not before. One that is older than
  /// the epoch held changes nothing.
  record EpochAdopted(EpochHeld epoch) implements StateChange {}

  /// A signed server time was taken over.
  record AnchorTaken(AnchorHeld anchor) implements StateChange {}

  /// @param version configuration the terminal runs with, from 0
  record ConfigTaken(long version) implements StateChange {}

  /// One verified part of an account snapshot. Entries count from now on; the version moves with the last
  /// part.
  ///
  /// @param complete the delta replaces the whole snapshot: entries it does not name end with the last part
  /// @param last no further part of this delta follows
  record SnapshotPart(long toVersion, long serverMillis, boolean complete, boolean last,
      List<AccountEntry> entries) implements StateChange {

    public SnapshotPart {
      entries = List.copyOf(entries);
    }
  }

  /// One verified deny list delta.
  ///
  /// @param complete the delta replaces the whole list
  record DenyPart(long toVersion, long serverMillis, boolean complete, List<CardToken> added,
      List<CardToken> removed) implements StateChange {

    public DenyPart {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /// What was approved without the server since the last contact.
  record OfflineUsed(OfflineUse use) implements StateChange {}

  /// How long the terminal has run without contact.
  record RunTimeTicked(RunTime runTime) implements StateChange {}

  /// What one card has spent at this terminal.
  record CardUsed(CardUse use) implements StateChange {}

  /// An approved record of an account, counted against its snapshot until a newer one contains it.
  record SpendRecorded(Spend spend) implements StateChange {}

  /// The sale that a void would take back; empty once it was voided.
  record SaleKept(Optional<LastSale> sale) implements StateChange {}

  /// The last sale was shown as approved, and the run lived on.
  record SaleTold(long seq) implements StateChange {}

  /// Test mode was switched.
  record TestModeSet(boolean on) implements StateChange {}

  /// A CHECKPOINT_SEEN record binds an acknowledgement.
  record CheckpointBound(CheckpointMark mark) implements StateChange {}

  /// A decline that waits for its window to end ([DeclineWindow]); empty once it is a record.
  record DeclineHeld(Optional<PendingDecline> decline) implements StateChange {}

  /// @param count highest value of the board's monotonic counter that a record carries
  record HardwareCounted(long count) implements StateChange {}

  /// A new run of the program.
  ///
  /// @param bootCount starts of this journal, from 1
  record Started(long bootCount, BootId bootId) implements StateChange {}

  /// The run ended in an orderly shutdown.
  record Stopped() implements StateChange {}

  /// A GAP record stands in the journal.
  record GapDeclared(long seq) implements StateChange {}

  /// Sales stay refused over restarts for this reason; empty lifts it.
  record Barred(Optional<Refusal> reason) implements StateChange {}

  /// A shift was opened, closed or answered.
  record ShiftChanged(Shift shift) implements StateChange {}

  /// An operator's lock: no sale over restarts, while everything else goes on.
  record Locked(boolean locked) implements StateChange {}
}
