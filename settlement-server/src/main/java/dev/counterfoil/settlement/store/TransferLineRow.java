package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// One line of a transfer to many, and what became of it (TRF-05). Never changed, so that the same order asked again gets
/// the same answer.
///
/// @param order names the whole order
/// @param line 1 or more
/// @param transaction the line's own transaction; nothing has this id when the line was refused
/// @param amount minor units, as asked for
/// @param outcome empty when it was done, else the stable code of its refusal
public record TransferLineRow(int site, TransactionId order, int line, TransactionId transaction, long payer,
    long payee, long amount, String outcome, long atMs) {

  public boolean isDone() {
    return outcome.isEmpty();
  }
}
