package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.LimitReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.List;

/// What the model store tells about counts and sums by account.
final class ModelLimits implements LimitReads {

  private final ModelSettlementStore store;

  ModelLimits(ModelSettlementStore store) {
    this.store = store;
  }

  @Override
  public Approvals approvals(int site, long account, long hourFromMs, long dayFromMs) {
    List<Long> times = store.table(site).authorizations.values().stream()
        .filter(row -> row.account() == account && row.outcome() == AuthorizationOutcome.APPROVED)
        .map(AuthorizationRow::atMs).toList();
    return new Approvals(times.stream().filter(at -> at >= hourFromMs).count(),
        times.stream().filter(at -> at >= dayFromMs).count());
  }

  @Override
  public Recharges recharges(int site, long account, long sinceMs) {
    List<TransactionRow> rows = store.table(site).transactions.values().stream()
        .filter(row -> row.kind() == TransactionKind.RECHARGE && row.account() == account
            && row.firstTransfer() > 0 && row.atMs() >= sinceMs
            && !store.table(site).reversals.containsKey(row.transaction()))
        .toList();
    return new Recharges(rows.size(), rows.stream().mapToLong(TransactionRow::amount).sum());
  }
}
