package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// One movement between two ledger accounts, never changed once written.
///
/// @param transfer 1 or more, rises within the site
/// @param leg 1 or more within the transaction
/// @param amount minor units, above 0
/// @param reason stable name of the posting rule
/// @param pending the HOLD that a CAPTURE or RELEASE ends, 0 for others; unique, so a hold ends once
/// @param atMs server time
/// @param debitAfter balance of the debit account after this transfer (PAY-14); before = after + amount where it moves
/// @param creditAfter balance of the credit account after this transfer; before = after - amount where it moves
public record TransferRow(
    int site,
    long transfer,
    TransactionId transaction,
    int leg,
    long debit,
    long credit,
    String asset,
    long amount,
    TransferKind kind,
    String reason,
    long pending,
    long atMs,
    long debitAfter,
    long creditAfter) {

  public TransferRow {
    if (amount <= 0) {
      throw new IllegalArgumentException("a transfer moves more than 0, found " + amount);
    }
    if (debit == credit) {
      throw new IllegalArgumentException("debit and credit are both ledger account " + debit);
    }
  }

  /// Balance of the debit account before this transfer.
  public long debitBefore() {
    return kind.moves() ? Math.addExact(debitAfter, amount) : debitAfter;
  }

  /// Balance of the credit account before this transfer.
  public long creditBefore() {
    return kind.moves() ? Math.subtractExact(creditAfter, amount) : creditAfter;
  }
}
