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
import java.util.List;
import java.util.Optional;

/// A real store whose next commit fails, before or after it became durable.
final class StoppingStore implements JournalStore {

  private final JournalStore store;
  private boolean failBefore;
  private boolean failAfter;

  StoppingStore(JournalStore store) {
    this.store = store;
  }

  void failNextBeforeItIsDurable() {
    failBefore = true;
  }

  void failNextAfterItIsDurable() {
    failAfter = true;
  }

  @Override
  public void commit(CommitUnit unit) {
    if (failBefore) {
      failBefore = false;
      throw new StoreException(StoreFailure.IO_ERROR, "scripted");
    }
    store.commit(unit);
    if (failAfter) {
      failAfter = false;
      throw new StoreException(StoreFailure.IO_ERROR, "scripted");
    }
  }

  @Override
  public JournalState state() {
    return store.state();
  }

  @Override
  public JournalState reopen() {
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
