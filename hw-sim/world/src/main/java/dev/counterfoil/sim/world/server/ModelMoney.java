package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.MoneyReads;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import java.util.List;
import java.util.Optional;

/// What the model store tells about money that operators move.
final class ModelMoney implements MoneyReads {

  private final ModelSettlementStore store;

  ModelMoney(ModelSettlementStore store) {
    this.store = store;
  }

  @Override
  public Optional<TransactionNoteRow> note(int site, TransactionId transaction) {
    return Optional.ofNullable(store.table(site).notes.get(transaction));
  }

  @Override
  public List<TransferLineRow> transferLines(int site, TransactionId order) {
    return List.copyOf(store.table(site).transferLines.getOrDefault(order, List.of()));
  }

  @Override
  public long sentSince(int site, long account, long sinceMs) {
    return store.table(site).transactions.values().stream()
        .filter(row -> row.kind() == TransactionKind.TRANSFER && row.reverses() == null
            && row.account() == account && row.firstTransfer() > 0 && row.atMs() >= sinceMs)
        .mapToLong(TransactionRow::amount).sum();
  }

  @Override
  public long lastFreeze(int site) {
    return store.table(site).freezes.isEmpty() ? 0 : store.table(site).freezes.lastKey();
  }

  @Override
  public Optional<FreezeRow> freeze(int site, long number) {
    return Optional.ofNullable(store.table(site).freezes.get(number));
  }

  @Override
  public Optional<FreezeRow> freeze(int site, TransactionId transaction) {
    return store.table(site).freezes.values().stream().filter(row -> row.transaction().equals(transaction))
        .findFirst();
  }

  @Override
  public List<FreezeRow> freezesOf(int site, long account, long after, int limit) {
    return store.table(site).freezes.tailMap(after, false).values().stream()
        .filter(row -> row.account() == account).limit(limit).toList();
  }

  @Override
  public List<FreezeRow> freezesDue(int site, long nowMs, int limit) {
    return store.table(site).freezes.values().stream()
        .filter(row -> row.isOpen() && row.expiresMs() > 0 && row.expiresMs() <= nowMs).limit(limit).toList();
  }

  @Override
  public long lastRequest(int site) {
    return store.table(site).moneyRequests.isEmpty() ? 0 : store.table(site).moneyRequests.lastKey();
  }

  @Override
  public Optional<MoneyRequestRow> request(int site, long number) {
    return Optional.ofNullable(store.table(site).moneyRequests.get(number));
  }

  @Override
  public Optional<MoneyRequestRow> request(int site, TransactionId transaction) {
    return store.table(site).moneyRequests.values().stream()
        .filter(row -> row.transaction().equals(transaction)).findFirst();
  }

  @Override
  public List<MoneyRequestRow> requests(int site, MoneyRequestKind kind, MoneyRequestState state, long after,
      int limit) {
    return store.table(site).moneyRequests.tailMap(after, false).values().stream()
        .filter(row -> row.kind() == kind && row.state() == state).limit(limit).toList();
  }

  @Override
  public long withdrawnSince(int site, long account, long sinceMs) {
    return store.table(site).moneyRequests.values().stream()
        .filter(row -> row.kind() == MoneyRequestKind.WITHDRAWAL && row.account() == account
            && row.requestedMs() >= sinceMs && isCounted(row.state()))
        .mapToLong(MoneyRequestRow::amount).sum();
  }

  private static boolean isCounted(MoneyRequestState state) {
    return switch (state) {
      case REQUESTED, APPROVED, DONE -> true;
      case REJECTED, FAILED -> false;
    };
  }
}
