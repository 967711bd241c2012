package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// An INTENT of a cabinet or dispenser: a lock or motor was about to move. It is open until an OUTCOME names its
/// transaction.
///
/// @param seq number of the INTENT record
/// @param amount minor units that were at stake
/// @param atMs server time when it was settled
/// @param asked the exception that puts the question to an operator, 0 = none yet
/// @param endedBy number of the OUTCOME record, 0 while open
public record IntentRow(int site, int terminal, long seq, TransactionId transaction, long amount, long atMs,
    long asked, long endedBy) {

  public boolean isOpen() {
    return endedBy == 0;
  }

  public IntentRow asked(long exception) {
    return new IntentRow(site, terminal, seq, transaction, amount, atMs, exception, endedBy);
  }

  public IntentRow ended(long outcomeSeq) {
    return new IntentRow(site, terminal, seq, transaction, amount, atMs, asked, outcomeSeq);
  }
}
