package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;

/// Posting rule of a refund: the money goes back to where it came from, from each leg in proportion (C-34).
public final class RefundPosting {

  private final Books books;
  private final WayBack wayBack;

  public RefundPosting(Books books, CoreSettings settings) {
    this.books = books;
    this.wayBack = new WayBack(books, settings);
  }

  /// Pays back `amount` of `sale`.
  ///
  /// @param refunded what was paid back before, minor units
  /// @param amount 1 to what is left of the sale, minor units
  public TransactionRow post(TransactionId id, TransactionRow sale, long refunded, long amount) {
    long first = wayBack.post(id, sale, refunded, amount, PostingReason.REFUND);
    var row = new TransactionRow(books.site(), id, TransactionKind.REFUND, 0, 0, sale.account(), -amount,
        books.currency(), false, TransactionRow.SYNCED, sale.transaction(), first, books.nowMs(),
        books.nowMs());
    books.insert(row);
    return row;
  }
}
