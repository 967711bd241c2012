package dev.counterfoil.settlement.transfer;

import dev.counterfoil.settlement.store.TransferLineRow;

/// One movement that is asked for.
///
/// @param payer account number
/// @param payee account number
/// @param amount minor units
public record TransferLine(long payer, long payee, long amount) {

  boolean isThatOf(TransferLineRow row) {
    return row.payer() == payer && row.payee() == payee && row.amount() == amount;
  }
}
