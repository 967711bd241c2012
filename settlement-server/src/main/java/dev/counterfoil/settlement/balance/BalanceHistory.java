package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A holder's balance in the past and every change of it, read from the transfers themselves (BAL-01, BAL-02). Nothing is
/// kept apart that could differ from them. Pure reading, on a reader of the calling thread; blocks for the disk.
public final class BalanceHistory {

  private static final int PAGE = 500;

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

  /// The balance of all purses as it was at a moment of the server's clock, minor units; 0 before the first change. With
  /// subsidies every change before the moment is read.
  public long balanceAt(long atMs) {
    return account.subsidised()
        ? lastOfEachPurse(atMs).values().stream().mapToLong(BalanceChange::after).sum()
        : reads.lastOfAccount(account.site(), account.account(), atMs)
            .map(last -> changesOf(last).getLast().after()).orElse(0L);
  }

  private Map<String, BalanceChange> lastOfEachPurse(long atMs) {
    var last = new TreeMap<String, BalanceChange>();
    List<BalanceChange> page = changes(0, PAGE);
    while (!page.isEmpty()) {
      for (BalanceChange change : page) {
        if (change.transaction().atMs() > atMs) {
          return last;
        }
        last.put(change.purse(), change);
      }
      page = changes(page.getLast().transfer(), PAGE);
    }
    return last;
  }

  private List<BalanceChange> changesOf(TransactionRow transaction) {
    Optional<TransactionNoteRow> note = reads.money().note(account.site(), transaction.transaction());
    return reads.transfersOf(account.site(), transaction.transaction()).stream()
        .filter(leg -> leg.kind().moves() || isFreeze(transaction.kind()))
        .flatMap(leg -> side(leg).map(side -> change(leg, side, transaction, note)).stream()).toList();
  }

  /// On which side of a movement the holder stands, if on any.
  ///
  /// @param purse name of his subsidy, empty for his own money
  private record Side(boolean comesIn, String purse) {}

  private Optional<Side> side(TransferRow leg) {
    long cash = account.cashLedger();
    if (leg.credit() == cash || leg.debit() == cash) {
      return Optional.of(new Side(leg.credit() == cash, ""));
    }
    return account.subsidised()
        ? subsidy(leg.credit()).map(name -> new Side(true, name))
            .or(() -> subsidy(leg.debit()).map(name -> new Side(false, name)))
        : Optional.empty();
  }

  private Optional<String> subsidy(long ledger) {
    return reads.purses().purse(account.site(), ledger).filter(row -> row.account() == account.account())
        .map(PurseRow::name);
  }

  /// What a purchase holds for some minutes is no change that anybody asks for; what an operator froze is.
  private static boolean isFreeze(TransactionKind kind) {
    return kind == TransactionKind.FREEZE || kind == TransactionKind.UNFREEZE;
  }

  private BalanceChange change(TransferRow leg, Side side, TransactionRow transaction,
      Optional<TransactionNoteRow> note) {
    boolean comesIn = side.comesIn();
    long moved = leg.kind().moves() ? leg.amount() : 0;
    return new BalanceChange(leg.transfer(), BalanceChangeType.of(transaction.kind(), comesIn),
        comesIn ? moved : -moved, frozen(leg, transaction.kind()),
        comesIn ? leg.creditBefore() : leg.debitBefore(), comesIn ? leg.creditAfter() : leg.debitAfter(),
        leg.reason(), note.map(TransactionNoteRow::operator).orElseGet(() -> recorder(transaction)),
        note.map(TransactionNoteRow::reason).orElse(""), side.purse(), transaction);
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
