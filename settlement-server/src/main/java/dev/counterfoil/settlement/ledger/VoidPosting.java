package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Posting rule of a void: every moving leg of the sale, the other way round. What cannot be taken back exactly is not
/// booked at all but waits in the exception queue, because nobody can tell whose money it would be.
public final class VoidPosting {

  private final Books books;
  private final WayBack wayBack;

  public VoidPosting(Books books, CoreSettings settings) {
    this.books = books;
    this.wayBack = new WayBack(books, settings);
  }

  /// Takes back `original`.
  ///
  /// @param event the void itself; its amount is the sale's
  /// @return whether it is taken back; if not, people are told why
  public boolean post(RecordedSale event, TransactionId original) {
    Optional<TransactionRow> sale = books.transaction(original).filter(row -> row.kind().isSale());
    if (sale.isEmpty()) {
      refuse(ExceptionKind.VOID_WITHOUT_SALE, event, original, "no such sale");
    } else if (books.reversalOf(original).isPresent()) {
      refuse(ExceptionKind.VOID_TWICE, event, original, "taken back already");
    } else if (!books.refundsOf(original).isEmpty()) {
      refuse(ExceptionKind.VOID_AFTER_REFUND, event, original, "paid back before, whole or in part");
    } else if (sale.get().amount() != event.amount() || sale.get().terminal() != event.terminal()) {
      refuse(ExceptionKind.VOID_WITHOUT_SALE, event, original,
          "sale was of " + sale.get().amount() + " at terminal " + sale.get().terminal());
    } else {
      reverse(event, sale.get());
      return true;
    }
    return false;
  }

  private void reverse(RecordedSale event, TransactionRow sale) {
    long first = wayBack.post(event.id(), sale, 0, sale.amount(), PostingReason.VOID);
    insert(event, sale.account(), TransactionRow.SYNCED, sale.transaction(), first);
  }

  private void refuse(ExceptionKind kind, RecordedSale event, TransactionId original, String why) {
    insert(event, 0, TransactionRow.SYNC_FAILED, null, 0);
    books.raise(kind, event.terminal() + ":" + event.seq(), event.terminal(), event.seq(),
        Optional.of(event.id()), 0,
        event.amount(), "void of " + original + ": " + why);
  }

  private void insert(RecordedSale event, long account, int syncStatus,
      @Nullable TransactionId reverses, long firstTransfer) {
    books.insert(
        new TransactionRow(books.site(), event.id(), TransactionKind.VOID, event.terminal(), event.seq(),
            account, -event.amount(), books.currency(), event.offline(), syncStatus, reverses, firstTransfer,
            event.terminalMs(), books.nowMs()));
  }
}
