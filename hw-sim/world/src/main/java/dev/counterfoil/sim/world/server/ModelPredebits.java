package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.PredebitReads;
import dev.counterfoil.settlement.store.PredebitRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the model store tells about provisional charges.
final class ModelPredebits implements PredebitReads {

  private final ModelSettlementStore store;

  ModelPredebits(ModelSettlementStore store) {
    this.store = store;
  }

  /// Whether it must not be written: another one of its number, one that has ended, or a transaction that has one.
  boolean isAnotherOrEnded(PredebitRow row) {
    PredebitRow old = store.table(row.site()).predebits.get(row.number());
    return old == null ? predebit(row.site(), row.transaction()).isPresent()
        : old.state() != PredebitRow.State.HELD || row.state() == PredebitRow.State.HELD
            || !old.transaction().equals(row.transaction());
  }

  @Override
  public long lastPredebit(int site) {
    return store.table(site).predebits.isEmpty() ? 0 : store.table(site).predebits.lastKey();
  }

  @Override
  public Optional<PredebitRow> predebit(int site, TransactionId transaction) {
    return store.table(site).predebits.values().stream()
        .filter(row -> row.transaction().equals(transaction)).findFirst();
  }

  @Override
  public List<PredebitRow> predebits(int site, PredebitRow.State state, long after, int limit) {
    return store.table(site).predebits.tailMap(after, false).values().stream()
        .filter(row -> row.state() == state).limit(limit).toList();
  }

  @Override
  public List<PredebitRow> predebitsDue(int site, long nowMs, int limit) {
    return store.table(site).predebits.values().stream()
        .filter(row -> row.state() == PredebitRow.State.HELD && row.dueMs() <= nowMs)
        .sorted(Comparator.comparingLong(PredebitRow::dueMs).thenComparingLong(PredebitRow::number))
        .limit(limit).toList();
  }
}
