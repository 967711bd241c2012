package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store about money that operators move. Rules as in {@link SettlementReads}.
public interface MoneyReads {

  /// Who did a transaction, and why; empty for what a terminal recorded and for what is older than these notes.
  Optional<TransactionNoteRow> note(int site, TransactionId transaction);

  /// The second account of a transaction that has one, else 0.
  default long otherAccount(TransactionRow row) {
    return note(row.site(), row.transaction()).map(TransactionNoteRow::otherAccount).orElse(0L);
  }

  /// Lines of a transfer to many, by line; empty for an unknown order.
  List<TransferLineRow> transferLines(int site, TransactionId order);

  /// What an account has sent to other holders since `sinceMs`, minor units; what it gave back is not counted.
  long sentSince(int site, long account, long sinceMs);

  /// Number of the newest freeze, 0 when there is none.
  long lastFreeze(int site);

  Optional<FreezeRow> freeze(int site, long number);

  Optional<FreezeRow> freeze(int site, TransactionId transaction);

  /// At most `limit` freezes of an account with a number above `after`, ended ones too, by number.
  List<FreezeRow> freezesOf(int site, long account, long after, int limit);

  /// At most `limit` freezes that last and whose time is over at `nowMs`, by number.
  List<FreezeRow> freezesDue(int site, long nowMs, int limit);

  /// Number of the newest request, 0 when there is none.
  long lastRequest(int site);

  Optional<MoneyRequestRow> request(int site, long number);

  Optional<MoneyRequestRow> request(int site, TransactionId transaction);

  /// At most `limit` requests of a kind and state with a number above `after`, by number.
  List<MoneyRequestRow> requests(int site, MoneyRequestKind kind, MoneyRequestState state, long after,
      int limit);

  /// What an account has asked to withdraw since `sinceMs` and was not refused, minor units.
  long withdrawnSince(int site, long account, long sinceMs);
}
