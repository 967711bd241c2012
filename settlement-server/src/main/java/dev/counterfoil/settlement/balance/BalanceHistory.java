package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;

/// A holder's balance in the past and every change of it, read from the transfers themselves (BAL-01, BAL-02). Nothing is
/// kept apart that could differ from them. Pure reading, on a reader of the calling thread; blocks for the disk.
public final class BalanceHistory {

  private final SettlementReads reads;
  private final AccountRow account;

  public BalanceHistory(SettlementReads reads, AccountRow account) {
    this.reads = reads;
    this.account = account;
  }

  /// Changes in their order.
  ///
  /// @param after number of the last movement seen, 0 to begin
  /// @param limit transactions to read, 1 or more; each has one change or a few, and none is torn
  public List<BalanceChange> changes(long after, int limit) {
    return reads.transactionsOfAccount(account.site(), account.account(), after, limit).stream()
        .flatMap(transaction -> changesOf(transaction).stream()).toList();
  }

  /// The balance as it was at a moment of the server's clock, minor units; 0 before the first change.
  public long balanceAt(long atMs) {
    return reads.lastOfAccount(account.site(), account.account(), atMs)
        .map(last -> changesOf(last).getLast().after()).orElse(0L);
  }

  private List<BalanceChange> changesOf(TransactionRow transaction) {
    return reads.transfersOf(account.site(), transaction.transaction()).stream()
        .filter(leg -> leg.kind().moves() && isOurs(leg)).map(leg -> change(leg, transaction)).toList();
  }

  private boolean isOurs(TransferRow leg) {
    return leg.debit() == account.cashLedger() || leg.credit() == account.cashLedger();
  }

  private BalanceChange change(TransferRow leg, TransactionRow transaction) {
    boolean out = leg.debit() == account.cashLedger();
    return out
        ? new BalanceChange(leg.transfer(), -leg.amount(), leg.debitBefore(), leg.debitAfter(), leg.reason(),
            transaction)
        : new BalanceChange(leg.transfer(), leg.amount(), leg.creditBefore(), leg.creditAfter(), leg.reason(),
            transaction);
  }
}
