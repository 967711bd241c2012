package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// What a transaction born on the server has besides its movements: who did it, why, and whose account it touches beside
/// its own (BAL-05). Written by the commit that writes the transaction, never changed.
///
/// @param otherAccount a second holder's account that it touches, 0 when there is none
/// @param firstTransfer of the transaction, so that an account's changes are found in their order
/// @param atMs server time of the transaction
/// @param subType such as PERSONAL of a transfer, empty when there is none
/// @param operator who did it; empty when time did
/// @param reason in his words, may be empty
public record TransactionNoteRow(int site, TransactionId transaction, long otherAccount, long firstTransfer,
    long atMs, String subType, String operator, String reason) {

  /// @return the note of a transaction that touches one holder's account and has no sub-type
  public static TransactionNoteRow of(TransactionRow row, String operator, String reason) {
    return new TransactionNoteRow(row.site(), row.transaction(), 0, row.firstTransfer(), row.atMs(), "",
        operator, reason);
  }
}
