package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Posting rule of a terminal's REFUND record: as any refund (RFD-05, RFD-06), and only as the server has approved it. What
/// may not be paid back any more is not booked but waits in the exception queue.
public final class TerminalRefundPosting {

  private static final String APPROVAL = "REFUND ";

  private final Books books;
  private final WayBack wayBack;
  /// What this unit has paid back of a sale, which the store does not know yet.
  private final Map<TransactionId, Long> here = new HashMap<>();

  public TerminalRefundPosting(Books books, CoreSettings settings) {
    this.books = books;
    this.wayBack = new WayBack(books, settings);
  }

  /// What an approval of a refund says instead of a reason: it is worth something for this sale only.
  public static String approvalOf(TransactionId original) {
    return APPROVAL + original;
  }

  /// @param event the refund; its id is new and its currency the site's
  /// @param approval the server's answer to its question
  public void post(RecordedSale event, TransactionId original, Optional<AuthorizationRow> approval) {
    Optional<TransactionRow> sale = books.transaction(original).filter(row -> row.kind().isSale());
    long before = paidBack(original);
    if (approval.filter(answer -> isFor(answer, event, original)).isEmpty()) {
      refuse(ExceptionKind.REFUND_UNAPPROVED, event, original, "this server did not approve it");
    } else if (sale.isEmpty() || sale.get().syncStatus() != TransactionRow.SYNCED) {
      refuse(ExceptionKind.REFUND_NOT_BOOKED, event, original, "no such sale, or it reached no holder");
    } else if (books.reversalOf(original).isPresent()) {
      refuse(ExceptionKind.REFUND_NOT_BOOKED, event, original, "taken back as a whole meanwhile");
    } else if (event.amount() > sale.get().amount() - before) {
      refuse(ExceptionKind.REFUND_NOT_BOOKED, event, original,
          "of " + sale.get().amount() + " minor units " + before + " were paid back meanwhile");
    } else {
      long first = wayBack.post(event.id(), sale.get(), before, event.amount(), PostingReason.REFUND);
      here.merge(original, event.amount(), Long::sum);
      insert(event, sale.get().account(), TransactionRow.SYNCED, original, first);
    }
  }

  private static boolean isFor(AuthorizationRow answer, RecordedSale event, TransactionId original) {
    return answer.outcome() == AuthorizationOutcome.APPROVED && answer.terminal() == event.terminal()
        && answer.amount() == event.amount() && answer.reason().equals(approvalOf(original));
  }

  private long paidBack(TransactionId original) {
    long committed = -books.refundsOf(original).stream().mapToLong(TransactionRow::amount).sum();
    return Math.addExact(committed, here.getOrDefault(original, 0L));
  }

  private void refuse(ExceptionKind kind, RecordedSale event, TransactionId original, String why) {
    insert(event, 0, TransactionRow.SYNC_FAILED, null, 0);
    books.raise(kind, event.terminal() + ":" + event.seq(), event.terminal(), event.seq(),
        Optional.of(event.id()), 0, event.amount(), "refund of " + original + ": " + why);
  }

  private void insert(RecordedSale event, long account, int syncStatus, @Nullable TransactionId sale,
      long firstTransfer) {
    books.insert(new TransactionRow(books.site(), event.id(), TransactionKind.REFUND, event.terminal(),
        event.seq(), account, -event.amount(), books.currency(), false, syncStatus, sale, firstTransfer,
        event.terminalMs(), books.nowMs()));
  }
}
