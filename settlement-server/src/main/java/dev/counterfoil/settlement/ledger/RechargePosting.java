package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;

/// Posting rule of a recharge by any method: the holder gets the whole amount from the method's own account of the books;
/// what the channel keeps is posted apart and borne by the site. What that account then owes us is what the
/// channel pays out.
///
/// @param feeMinor minor units, 0 for none
/// @param operator who took it or asked for it, empty if whoever commits it knows
/// @param remark the channel's own number of it
public record RechargePosting(TransactionId id, RechargeMethod method, long amount, long feeMinor,
    String operator, String remark) {

  /// @return the movement on the holder's account, with the balances before and after (PAY-14)
  public TransferRow post(Books books, AccountRow account) {
    long source = books.ledgerOf(method.source(), method.sourceOwner());
    TransferRow moved = books.post(id, 1, source, account.cashLedger(), amount, method.reason());
    if (feeMinor > 0) {
      books.post(id, 2, books.ledgerOf(LedgerKind.RECHARGE_FEE, method.code()), source, feeMinor,
          PostingReason.RECHARGE_FEE);
    }
    if (operator.isBlank()) {
      books.insert(new TransactionRow(books.site(), id, TransactionKind.RECHARGE, 0, 0, account.account(),
          amount, books.currency(), false, TransactionRow.SYNCED, null, moved.transfer(), books.nowMs(),
          books.nowMs()));
      books.touch(account.account());
    } else {
      new ServerEntry(id, TransactionKind.RECHARGE, account.account(), 0, amount, null, method.name(),
          operator, remark).insert(books, moved);
    }
    return moved;
  }
}
