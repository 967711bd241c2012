package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// A store whose next commits fail as scripted, before or after they became durable.
final class FaultyStore implements JournalStore {

  /// When a failing commit fails.
  enum Moment {
    BEFORE_IT_IS_DURABLE,
    AFTER_IT_IS_DURABLE
  }

  private final JournalStore store;
  private Optional<StoreFailure> failure = Optional.empty();
  private Moment moment = Moment.BEFORE_IT_IS_DURABLE;
  private int times;
  private boolean mustReopen;
  private List<JournalRecord> lastTail = List.of();
  private boolean staleTail;
  private int commits;

  FaultyStore(JournalStore store) {
    this.store = store;
  }

  void failNext(int commitsToFail, StoreFailure next, Moment when) {
    times = commitsToFail;
    failure = Optional.of(next);
    moment = when;
  }

  /// From now on the medium gives back what it held at this moment, as a disk does that lost its writes.
  void forgetWhatFollows() {
    lastTail = store.freshTail(1_000);
    staleTail = true;
  }

  int commits() {
    return commits;
  }

  @Override
  public void commit(CommitUnit unit) {
    if (mustReopen) {
      throw new AssertionError("committed after a fault without a reopen");
    }
    if (times == 0) {
      commits++;
      store.commit(unit);
      return;
    }
    times--;
    mustReopen = true;
    if (moment == Moment.AFTER_IT_IS_DURABLE) {
      store.commit(unit);
    }
    throw new StoreException(failure.orElseThrow(), "scripted");
  }

  @Override
  public JournalState reopen() {
    mustReopen = false;
    return store.reopen();
  }

  @Override
  public JournalState state() {
    return store.state();
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
    return staleTail ? lastTail : store.freshTail(count);
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
  public void close() {
    store.close();
  }
}
