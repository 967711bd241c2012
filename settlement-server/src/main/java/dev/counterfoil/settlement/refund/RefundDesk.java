package dev.counterfoil.settlement.refund;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.RefundPosting;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.Optional;

/// Pays sales back, whole or in parts, each part once (RFD-03 to RFD-06, F-09). What is left of a sale is computed on the
/// one thread that writes, so two refunds at once cannot both pass (C-38). Every method commits before it returns, or
/// throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class RefundDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;

  public RefundDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// What became of a refund.
  ///
  /// @param row the refund
  /// @param left what may still be paid back of the sale, minor units
  public record Refunded(TransactionRow row, long left) {}

  /// Pays back `amount` of a sale to where its money came from.
  ///
  /// @param amount more than 0, minor units
  /// @param id names this refund; a second call with the same one changes nothing and returns the first result, so a
  /// retry is safe
  /// @throws RefusedException PARAMETER_ERROR, TRANSACTION_NOT_FOUND, TRANSACTION_STATUS (it is no sale, was voided or
  /// never reached its holder), REFUND_AMOUNT_EXCEEDED, KEY_REUSED, SYSTEM_BUSY (try again)
  public Refunded refund(int site, TransactionId sale, long amount, TransactionId id, long nowMs) {
    Optional<TransactionRow> before = transaction(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), sale, amount);
    }
    Refundable found = refundable(site, sale, amount);
    return new Refunded(commit(found.sale(), found.refunded(), amount, id, nowMs), found.left() - amount);
  }

  /// A sale of which an amount may be paid back.
  ///
  /// @param refunded what was paid back so far, minor units
  public record Refundable(TransactionRow sale, long refunded) {

    /// What may still be paid back, minor units.
    public long left() {
      return sale.amount() - refunded;
    }
  }

  /// Whether paying this back takes a second operator: with what was paid back before, so that a large refund cannot be
  /// cut into small ones (SEC-11).
  ///
  /// @throws RefusedException as {@link #refund}, if it cannot be paid back at all
  public boolean takesTwo(int site, TransactionId sale, long amount) {
    return refundable(site, sale, amount).refunded() + amount > settings.refunds().aloneMinor();
  }

  /// The checks of RFD-04, in its order, each with its own code; whether the caller may at all was asked before.
  ///
  /// @throws RefusedException as {@link #refund}
  public Refundable refundable(int site, TransactionId sale, long amount) {
    if (amount <= 0) {
      throw new RefusedException("PARAMETER_ERROR", "a refund is of more than 0, not " + amount);
    }
    TransactionRow original = transaction(site, sale)
        .orElseThrow(() -> new RefusedException("TRANSACTION_NOT_FOUND", "no transaction " + sale));
    requireRefundable(original);
    var found = new Refundable(original, refunded(memory.reads(), original));
    if (amount > found.left()) {
      throw new RefusedException("REFUND_AMOUNT_EXCEEDED", "of " + original.amount() + " minor units "
          + found.refunded() + " were paid back, " + found.left() + " are left, not " + amount);
    }
    return found;
  }

  /// What was paid back of a sale so far, minor units.
  public static long refunded(SettlementReads reads, TransactionRow sale) {
    return -reads.refundsOf(sale.site(), sale.transaction()).stream().mapToLong(TransactionRow::amount).sum();
  }

  /// Whether it is a completed sale that nobody took back as a whole.
  boolean isRefundable(TransactionRow original) {
    return original.kind().isSale() && original.syncStatus() == TransactionRow.SYNCED
        && memory.reads().reversalOf(original.site(), original.transaction()).isEmpty();
  }

  private void requireRefundable(TransactionRow original) {
    if (!original.kind().isSale()) {
      throw new RefusedException("TRANSACTION_STATUS", original.transaction() + " is a " + original.kind());
    }
    if (original.syncStatus() != TransactionRow.SYNCED) {
      throw new RefusedException("TRANSACTION_STATUS",
          original.transaction() + " is not booked to a holder; see the exception queue");
    }
    if (memory.reads().reversalOf(original.site(), original.transaction()).isPresent()) {
      throw new RefusedException("TRANSACTION_STATUS", original.transaction() + " was voided");
    }
  }

  private Refunded repeated(TransactionRow before, TransactionId sale, long amount) {
    if (!sale.equals(before.reverses()) || before.amount() != -amount) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    TransactionRow original = transaction(before.site(), sale).orElseThrow();
    return new Refunded(before, original.amount() - refunded(memory.reads(), original));
  }

  private TransactionRow commit(TransactionRow original, long refunded, long amount, TransactionId id,
      long nowMs) {
    var unit = new CommitUnit();
    var books = new Books(memory.site(original.site()), memory.reads(), unit, nowMs);
    TransactionRow row = new RefundPosting(books, settings).post(id, original, refunded, amount);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return row;
  }

  private Optional<TransactionRow> transaction(int site, TransactionId id) {
    return memory.reads().transaction(site, id);
  }
}
