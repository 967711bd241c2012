package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// A reserved amount: the moving state of a HOLD transfer.
///
/// @param hold id of the HOLD transfer
/// @param ledger ledger account that the amount is reserved on
/// @param credit ledger account that a capture pays
/// @param endedBy number of the CAPTURE or RELEASE transfer, 0 while open
/// @param endedAtMs server time of capture, release or expiry, 0 while open
public record HoldRow(
    int site,
    long hold,
    TransactionId transaction,
    int terminal,
    long account,
    long ledger,
    long credit,
    long amount,
    String asset,
    long expiresMs,
    HoldState state,
    long endedBy,
    long endedAtMs) {

  public HoldRow ended(HoldState how, long by, long atMs) {
    return new HoldRow(site, hold, transaction, terminal, account, ledger, credit, amount, asset, expiresMs,
        how, by,
        atMs);
  }
}
