package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.math.BigInteger;
import java.util.List;

/// Posting rule of a refund: the moving legs of the sale, the other way round, each in proportion, so that the money goes
/// back to where it came from (C-34).
///
/// Parts are cut by cumulative shares: after any number of refunds each leg has given back its share of their sum, rounded
/// down along the legs, and after the whole amount each leg exactly itself. No fen is lost or made by rounding.
public final class RefundPosting {

  private final Books books;
  private final CoreSettings settings;

  public RefundPosting(Books books, CoreSettings settings) {
    this.books = books;
    this.settings = settings;
  }

  /// Pays back `amount` of `sale`.
  ///
  /// @param refunded what was paid back before, minor units
  /// @param amount 1 to what is left of the sale, minor units
  public TransactionRow post(TransactionId id, TransactionRow sale, long refunded, long amount) {
    List<TransferRow> legs = books.transfersOf(sale.transaction()).stream().filter(leg -> leg.kind().moves())
        .toList();
    long first = 0;
    int number = 0;
    long prefix = 0;
    for (TransferRow leg : legs) {
      long back = share(prefix, leg.amount(), sale.amount(), refunded, amount);
      prefix = Math.addExact(prefix, leg.amount());
      if (back > 0) {
        number++;
        TransferRow moved = books.post(id, number, leg.credit(), leg.debit(), back, PostingReason.REFUND);
        first = first == 0 ? moved.transfer() : first;
      }
    }
    countBack(sale, amount);
    var row = new TransactionRow(books.site(), id, TransactionKind.REFUND, 0, 0, sale.account(), -amount,
        books.currency(), false, TransactionRow.SYNCED, sale.transaction(), first, books.nowMs(),
        books.nowMs());
    books.insert(row);
    return row;
  }

  /// What one leg gives back when the sum paid back rises by `amount`.
  private static long share(long prefix, long leg, long total, long refunded, long amount) {
    return given(prefix, leg, total, Math.addExact(refunded, amount)) - given(prefix, leg, total, refunded);
  }

  private static long given(long prefix, long leg, long total, long sum) {
    return part(prefix + leg, total, sum) - part(prefix, total, sum);
  }

  private static long part(long of, long total, long sum) {
    return BigInteger.valueOf(of).multiply(BigInteger.valueOf(sum)).divide(BigInteger.valueOf(total))
        .longValueExact();
  }

  /// What is paid back on the day of the sale may be spent again on that day.
  private void countBack(TransactionRow sale, long amount) {
    long today = settings.dayAt(books.nowMs());
    books.account(sale.account()).ifPresent(account -> {
      if (settings.dayAt(sale.atMs()) == today) {
        books.countSpent(today, account.cashLedger(), -amount);
      }
      books.touch(account.account());
    });
  }
}
