package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.PredebitRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;

/// Posting rules of a provisional charge (PAY-24, ADR 0021).
///
/// | event | debit -> credit |
/// | --- | --- |
/// | held | HOLD holder CASH -> merchant payable |
/// | settled | holder SUBSIDY, the soonest to expire first, then CAPTURE of what the hold must give -> merchant payable |
/// | settled above the held amount | as above, and holder CASH beside the hold -> merchant payable |
/// | cancelled, or over | RELEASE |
///
/// What is settled is one sale of the final amount under the transaction of the hold, so refunds, views and limits know
/// nothing of how it came.
public final class PredebitPosting {

  private final Books books;
  private final long day;

  /// @param day day number of the books' time, for daily limits
  public PredebitPosting(Books books, long day) {
    this.books = books;
    this.day = day;
  }

  /// Reserves what was asked for on the holder's own purse, as an approval does (ADR 0018).
  public HoldRow hold(TerminalRow terminal, AccountRow account, TransactionId id,
      long amount) {
    return books.predebit(id, terminal.terminal(), account.account(), account.cashLedger(),
        terminal.merchantLedger(), amount);
  }

  /// Charges the final amount and frees the rest of the hold.
  ///
  /// @param row as it is after the settlement
  public TransactionRow settle(PredebitRow row, AccountRow account, HoldRow hold) {
    var purses = new Purses(books, account);
    long before = purses.balance();
    long first = legs(row, account, purses, hold);
    books.countSpent(day, account.cashLedger(), row.taken());
    books.touch(account.account());
    var sale = new TransactionRow(row.site(), row.transaction(), TransactionKind.SALE_CARD, row.terminal(), 0,
        row.account(), row.taken(), row.asset(), false, TransactionRow.SYNCED, null, first, books.nowMs(),
        books.nowMs(), new TransactionRow.Details(row.card(), row.subType().name(), 0, 0, 0, 0, before,
            purses.balance(), row.consumerIp()));
    books.insert(sale);
    books.unit().insertNote(new TransactionNoteRow(row.site(), row.transaction(), 0, first, books.nowMs(), "",
        row.endedBy(), ""));
    return sale;
  }

  private long legs(PredebitRow row, AccountRow account, Purses purses, HoldRow hold) {
    var legs = new SaleLegs(books, row.transaction(), hold.credit());
    long rest = row.taken();
    for (Purses.Part part : purses.subsidiesFor(rest)) {
      legs.post(part.ledger(), part.amount(), PostingReason.SALE_SUBSIDY);
      rest -= part.amount();
    }
    long held = Math.min(hold.amount(), rest);
    legs.capture(hold, held);
    legs.post(account.cashLedger(), rest - held, PostingReason.PREDEBIT_MORE);
    return legs.first();
  }

  /// Gives the whole hold back.
  public void release(HoldRow hold, HoldState how, String reason) {
    books.release(hold, how, reason);
    books.touch(hold.account());
  }
}
