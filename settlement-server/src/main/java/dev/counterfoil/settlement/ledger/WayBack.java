package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.math.BigInteger;
import java.util.List;

/// Takes money of a sale back, for a void wholly, for a refund whole or in part: its moving legs, the other way round.
///
/// Parts are cut by cumulative shares: after any number of them each leg has given back its share of their sum, rounded down
/// along the legs, and after the whole amount each leg exactly itself. No fen is lost or made by rounding.
final class WayBack {

  private final Books books;
  private final CoreSettings settings;

  WayBack(Books books, CoreSettings settings) {
    this.books = books;
    this.settings = settings;
  }

  /// Posts the legs of `id`.
  ///
  /// @param before what went back before, minor units
  /// @param amount what goes back now, up to what is left of the sale
  /// @return number of the first transfer
  long post(TransactionId id, TransactionRow sale, long before, long amount, String reason) {
    List<TransferRow> legs = books.transfersOf(sale.transaction()).stream().filter(leg -> leg.kind().moves())
        .toList();
    long first = 0;
    int number = 0;
    long prefix = 0;
    long toHolder = 0;
    for (TransferRow leg : legs) {
      long back = given(prefix, leg.amount(), sale.amount(), Math.addExact(before, amount))
          - given(prefix, leg.amount(), sale.amount(), before);
      prefix = Math.addExact(prefix, leg.amount());
      if (back > 0) {
        number++;
        TransferRow moved = books.post(id, number, leg.credit(), leg.debit(), back, reason);
        first = first == 0 ? moved.transfer() : first;
        toHolder += isHolders(leg.debit()) ? back : 0;
      }
    }
    countBack(sale, toHolder);
    return first;
  }

  /// Money that comes back to a subsidy that is over falls back with the clock's next look.
  private boolean isHolders(long ledger) {
    boolean subsidy = books.kind(ledger) == LedgerKind.SUBSIDY;
    if (subsidy) {
      books.revive(ledger);
    }
    return subsidy || books.kind(ledger) == LedgerKind.CASH;
  }

  /// What one leg has given back when `sum` of the sale went back.
  private static long given(long prefix, long leg, long total, long sum) {
    return part(prefix + leg, total, sum) - part(prefix, total, sum);
  }

  private static long part(long of, long total, long sum) {
    return BigInteger.valueOf(of).multiply(BigInteger.valueOf(sum)).divide(BigInteger.valueOf(total))
        .longValueExact();
  }

  /// What goes back on the day of the sale may be spent again on that day.
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
