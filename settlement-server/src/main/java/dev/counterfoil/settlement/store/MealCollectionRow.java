package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// A settled record that names an order, see {@link MealOrderRow}.
///
/// @param seq      of the record
/// @param order    number of the order
/// @param atMs     server time at which it was settled
/// @param voidedMs server time at which the sale was taken back; 0 while it stands
public record MealCollectionRow(int site, int terminal, long seq, long order, TransactionId transaction,
    long atMs, long voidedMs) {

  public boolean stands() {
    return voidedMs == 0;
  }

  public MealCollectionRow voided(long nowMs) {
    return new MealCollectionRow(site, terminal, seq, order, transaction, atMs, nowMs);
  }
}
