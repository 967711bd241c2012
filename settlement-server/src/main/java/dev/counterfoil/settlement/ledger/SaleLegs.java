package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.TransferRow;

/// The movements of one sale to its merchant, numbered in their order.
final class SaleLegs {

  private final Books books;
  private final TransactionId sale;
  private final long merchant;
  private int legs;
  private long first;

  SaleLegs(Books books, TransactionId sale, long merchantLedger) {
    this.books = books;
    this.sale = sale;
    this.merchant = merchantLedger;
  }

  /// Number of the first movement, 0 before there is one.
  long first() {
    return first;
  }

  /// @param amount minor units; nothing moves for 0
  void post(long debit, long amount, String reason) {
    if (amount > 0) {
      legs++;
      moved(books.post(sale, legs, debit, merchant, amount, reason));
    }
  }

  /// Ends the hold with what is taken of it.
  ///
  /// @param amount minor units, at most the hold's; for 0 it is released
  void capture(HoldRow hold, long amount) {
    if (amount > 0) {
      legs++;
      moved(books.capture(hold, legs, amount, PostingReason.SALE));
    } else {
      books.release(hold, HoldState.RELEASED, PostingReason.SALE_PAID_OTHERWISE);
    }
  }

  private void moved(TransferRow transfer) {
    first = first == 0 ? transfer.transfer() : first;
  }
}
