package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import org.jspecify.annotations.Nullable;

/// A business event that no terminal recorded, with everything that the records of balance changes need (BAL-05).
///
/// @param otherAccount a second holder's account that it touches, 0 when there is none
/// @param amount minor units; negative for what takes money back
/// @param reverses what it takes back or ends, or null
/// @param subType empty when the kind has none
/// @param operator empty when time did it
public record ServerEntry(TransactionId id, TransactionKind kind, long account, long otherAccount,
    long amount,
    @Nullable TransactionId reverses, String subType, String operator, String reason) {

  /// An event of one account.
  public static ServerEntry of(TransactionId id, TransactionKind kind, long account, long amount,
      String operator, String reason) {
    return new ServerEntry(id, kind, account, 0, amount, null, "", operator, reason);
  }

  public ServerEntry reversing(TransactionId other) {
    return new ServerEntry(id, kind, account, otherAccount, amount, other, subType, operator, reason);
  }

  /// Writes it behind its movements, and lets terminals know of the accounts.
  ///
  /// @param first its first movement
  public TransactionRow insert(Books books, TransferRow first) {
    var row = new TransactionRow(books.site(), id, kind, 0, 0, account, amount, books.currency(), false,
        TransactionRow.SYNCED, reverses, first.transfer(), books.nowMs(), books.nowMs());
    books.insert(row);
    books.unit().insertNote(new TransactionNoteRow(books.site(), id, otherAccount, first.transfer(),
        books.nowMs(), subType, operator, reason));
    books.touch(account);
    if (otherAccount != 0) {
      books.touch(otherAccount);
    }
    return row;
  }
}
