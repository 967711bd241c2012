package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;
import java.util.Optional;

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
    Optional<TransactionNoteRow> note = reads.money().note(account.site(), transaction.transaction());
    return reads.transfersOf(account.site(), transaction.transaction()).stream()
        .filter(leg -> isOurs(leg) && (leg.kind().moves() || isFreeze(transaction.kind())))
        .map(leg -> change(leg, transaction, note)).toList();
  }

  private boolean isOurs(TransferRow leg) {
    return leg.debit() == account.cashLedger() || leg.credit() == account.cashLedger();
  }

  /// What a purchase holds for some minutes is no change that anybody asks for; what an operator froze is.
  private static boolean isFreeze(TransactionKind kind) {
    return kind == TransactionKind.FREEZE || kind == TransactionKind.UNFREEZE;
  }

  private BalanceChange change(TransferRow leg, TransactionRow transaction,
      Optional<TransactionNoteRow> note) {
    boolean comesIn = leg.credit() == account.cashLedger();
    long moved = leg.kind().moves() ? leg.amount() : 0;
    return new BalanceChange(leg.transfer(), BalanceChangeType.of(transaction.kind(), comesIn),
        comesIn ? moved : -moved, frozen(leg, transaction.kind()),
        comesIn ? leg.creditBefore() : leg.debitBefore(), comesIn ? leg.creditAfter() : leg.debitAfter(),
        leg.reason(), note.map(TransactionNoteRow::operator).orElseGet(() -> recorder(transaction)),
        note.map(TransactionNoteRow::reason).orElse(""), transaction);
  }

  private static long frozen(TransferRow leg, TransactionKind kind) {
    return switch (leg.kind()) {
      case POSTED -> 0;
      case HOLD -> leg.amount();
      case RELEASE -> -leg.amount();
      // A withdrawal or a refund takes what its request had frozen; a purchase's hold was never told.
      case CAPTURE ->
        kind == TransactionKind.WITHDRAWAL || kind == TransactionKind.REFUND ? -leg.amount() : 0;
    };
  }

  private static String recorder(TransactionRow transaction) {
    return transaction.terminal() == 0 ? "" : "terminal " + transaction.terminal();
  }
}
