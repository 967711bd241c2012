package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.PurseReads;
import dev.counterfoil.settlement.store.PurseRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the model store tells about subsidies.
final class ModelPurses implements PurseReads {

  private final ModelSettlementStore store;

  ModelPurses(ModelSettlementStore store) {
    this.store = store;
  }

  @Override
  public Optional<PurseRow> purse(int site, long ledger) {
    return Optional.ofNullable(store.table(site).purses.get(ledger));
  }

  @Override
  public Optional<PurseRow> purse(int site, long account, String name) {
    return pursesOf(site, account).stream().filter(row -> row.name().equals(name)).findFirst();
  }

  @Override
  public List<PurseRow> pursesOf(int site, long account) {
    return store.table(site).purses.values().stream().filter(row -> row.account() == account).toList();
  }

  @Override
  public List<PurseRow> pursesDue(int site, long nowMs, int limit) {
    return store.table(site).purses.values().stream()
        .filter(row -> row.dueMs() > 0 && row.dueMs() <= nowMs)
        .sorted(Comparator.comparingLong(PurseRow::dueMs).thenComparingLong(PurseRow::ledger)).limit(limit)
        .toList();
  }
}
