package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// Where a terminal's journal and the state that goes with it are kept: [SqliteJournal] on a device, a model
/// disk with power cuts in the fleet simulator. Both run the same contract test (`JournalStoreContract`).
///
/// Not thread-safe: one thread owns a store, in production the journal writer thread. Every call may block
/// for as long as the medium takes, seconds on a dying SD card, and none reacts to an interrupt. Every call
/// may throw [StoreException]; after one from a writing call the outcome is unknown until [#reopen] has
/// answered.
public interface JournalStore extends AutoCloseable {

  /// The state as of the last commit.
  JournalState state();

  /// Makes a unit durable: all of it, or nothing of it. When this returns, a power cut can no longer undo the
  /// unit.
  ///
  /// @throws StoreException the outcome is unknown; never repeat the call, [#reopen] instead. Only
  ///     [StoreFailure#STALE_HEAD] is certain: nothing was written.
  void commit(CommitUnit unit);

  /// Closes whatever is open, opens it again and reads the state from the medium. The caller verifies the
  /// tail before it trusts it.
  ///
  /// @return the state found, which may or may not contain the unit whose commit failed
  JournalState reopen();

  /// Records from `fromSeq` on in order, at most `maxCount` and, except for a single longer one, `maxBytes`.
  /// Sequence numbers that were pruned or named in a GAP are passed over.
  List<JournalRecord> records(long fromSeq, int maxCount, int maxBytes);

  /// One record, empty if it was never written, pruned, or lost in a gap.
  Optional<JournalRecord> record(long seq);

  /// The newest records in ascending order, at most `count`, read past every cache and open transaction of
  /// the writing connection.
  List<JournalRecord> freshTail(int count);

  /// The cached account behind a card.
  Optional<AccountEntry> account(CardToken token);

  /// Accounts in the cache, one per card.
  long accountCount();

  /// Whether the card is on the deny list.
  boolean denied(CardToken token);

  /// Own approved amounts of an account with a sequence number above `asOfSeq`, minor units. What the account
  /// may still spend is its cached amount less this.
  long spentAfter(long accountId, long asOfSeq);

  /// What a card has spent here, [CardUse#none] if nothing.
  CardUse cardUse(CardToken token);

  /// All of the above about one card at once: what a tap waits for.
  ///
  /// @param settledSeq from which own records count into [CardFound#unsettledMinor]
  default CardFound find(CardToken token, long settledSeq) {
    Optional<AccountEntry> entry = account(token);
    long spent = entry.map(known -> spentAfter(known.getAccountId(), known.getAsOfSeq())).orElse(0L);
    long unsettled = entry.map(known -> spentAfter(known.getAccountId(), settledSeq)).orElse(0L);
    return new CardFound(entry, denied(token), cardUse(token), spent, unsettled);
  }

  /// Removes all records up to the anchor's position and writes the anchor, in one unit. Spends that the
  /// cached snapshot already contains go with them. [Pruning] decides what may go.
  ///
  /// @throws IllegalArgumentException if the anchor is not a stored record before the head
  void prune(PruneAnchor anchor);

  /// What the store occupies on its medium, bytes; 0 where that means nothing.
  long storedBytes();

  /// Called when nothing waits: a chance to do what would otherwise delay a commit. May do nothing.
  default void rest() {}

  @Override
  void close();
}
