package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.journal.CardUse;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.PruneAnchor;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.journal.StoreFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A real store whose next commits go as scripted: they fail, or the power does, before or after they became durable.
final class StoppingStore implements JournalStore {

  /// What befalls one commit.
  enum Fate {
    WELL, ERROR_BEFORE, ERROR_AFTER, CUT_BEFORE, CUT_AFTER
  }

  /// Nothing runs on after this.
  static final class PowerCut extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  private final JournalStore store;
  private final Deque<Fate> fates = new ArrayDeque<>();
  private int failingReopens;

  StoppingStore(JournalStore store) {
    this.store = store;
  }

  void failNextBeforeItIsDurable() {
    next(Fate.ERROR_BEFORE);
  }

  void failNextAfterItIsDurable() {
    next(Fate.ERROR_AFTER);
  }

  /// What befalls the next commits, one after the other; later ones go well.
  void next(Fate... commits) {
    fates.addAll(List.of(commits));
  }

  void failNextReopens(int times) {
    failingReopens = times;
  }

  /// Scripted commits that did not come.
  int unused() {
    return fates.size();
  }

  @Override
  public void commit(CommitUnit unit) {
    Fate fate = fates.isEmpty() ? Fate.WELL : fates.removeFirst();
    fail(fate, Fate.ERROR_BEFORE, Fate.CUT_BEFORE);
    store.commit(unit);
    fail(fate, Fate.ERROR_AFTER, Fate.CUT_AFTER);
  }

  private static void fail(Fate fate, Fate error, Fate cut) {
    if (fate == error) {
      throw new StoreException(StoreFailure.IO_ERROR, "scripted");
    }
    if (fate == cut) {
      throw new PowerCut();
    }
  }

  @Override
  public JournalState state() {
    return store.state();
  }

  @Override
  public JournalState reopen() {
    if (failingReopens > 0) {
      failingReopens--;
      throw new StoreException(StoreFailure.IO_ERROR, "scripted");
    }
    return store.reopen();
  }

  @Override
  public List<JournalRecord> records(long fromSeq, int maxCount, int maxBytes) {
    return store.records(fromSeq, maxCount, maxBytes);
  }

  @Override
  public Optional<JournalRecord> record(long seq) {
    return store.record(seq);
  }

  @Override
  public List<JournalRecord> freshTail(int count) {
    return store.freshTail(count);
  }

  @Override
  public Optional<AccountEntry> account(CardToken token) {
    return store.account(token);
  }

  @Override
  public long accountCount() {
    return store.accountCount();
  }

  @Override
  public boolean denied(CardToken token) {
    return store.denied(token);
  }

  @Override
  public long spentAfter(long accountId, long asOfSeq) {
    return store.spentAfter(accountId, asOfSeq);
  }

  @Override
  public CardUse cardUse(CardToken token) {
    return store.cardUse(token);
  }

  @Override
  public void prune(PruneAnchor anchor) {
    store.prune(anchor);
  }

  @Override
  public long storedBytes() {
    return store.storedBytes();
  }

  @Override
  public void rest() {
    store.rest();
  }

  @Override
  public void close() {
    store.close();
  }
}
