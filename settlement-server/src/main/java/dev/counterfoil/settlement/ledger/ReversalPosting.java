package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Posting rule of a reversal (冲正): every moving leg of the wrong transaction, the other way round, exactly. Rows that
/// were written stay as they are.
public final class ReversalPosting {

  private final Books books;
  private final TransactionRow original;
  private final long otherAccount;
  private final List<TransferRow> legs;

  /// @param otherAccount the second account that the original touched, 0 when there is none
  public ReversalPosting(Books books, TransactionRow original, long otherAccount) {
    this.books = books;
    this.original = original;
    this.otherAccount = otherAccount;
    this.legs = books.transfersOf(original.transaction()).stream().filter(leg -> leg.kind().moves()).toList();
  }

  /// A holder's ledger account that no longer has what it would give back.
  public Optional<Long> lacking() {
    return legs.stream().filter(leg -> books.kind(leg.credit()) == LedgerKind.CASH)
        .filter(leg -> books.available(leg.credit()) - leg.amount() < books.floor(leg.credit()))
        .map(TransferRow::credit).findFirst();
  }

  /// Posts it. A holder who does not have the money any more is overdrawn, restricted and listed as an exception.
  public TransactionRow post(TransactionId id, String operator, String reason) {
    List<TransferRow> back = new ArrayList<>(legs.size());
    for (TransferRow leg : legs) {
      back.add(books.post(id, leg.leg(), leg.credit(), leg.debit(), leg.amount(), PostingReason.REVERSAL));
    }
    flagOverdraft(id, original.account());
    flagOverdraft(id, otherAccount);
    return new ServerEntry(id, TransactionKind.REVERSAL, original.account(), otherAccount, -original.amount(),
        original.transaction(), "", operator, reason).insert(books, back.getFirst());
  }

  private void flagOverdraft(TransactionId id, long number) {
    Optional<AccountRow> account = books.account(number)
        .filter(row -> books.available(row.cashLedger()) < books.floor(row.cashLedger()));
    account.ifPresent(row -> {
      books.put(row.withRestricted(true));
      books.raise(ExceptionKind.REVERSAL_OVERDRAFT, id + ":" + number, 0, 0, Optional.of(id), number,
          original.amount(), "available " + books.available(row.cashLedger()) + " after the reversal of "
              + original.transaction());
    });
  }
}
