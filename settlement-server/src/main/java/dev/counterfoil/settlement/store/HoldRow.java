package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// A reserved amount: the moving state of a HOLD transfer.
///
/// @param hold id of the HOLD transfer
/// @param terminal that asked for it; {@link #NO_TERMINAL} when an operator's doing reserved it
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

  public static final int NO_TERMINAL = 0;

  /// Whether it is for a purchase, so that it counts for what an account may spend.
  public boolean isOfPurchase() {
    return terminal != NO_TERMINAL;
  }

  /// Whether a terminal asked for it, so that its record, a cancellation or its time ends it.
  public boolean isOfTerminal() {
    return isOfPurchase() && !isOpenEnded();
  }

  /// Whether it is a provisional charge, which only its own desk ends.
  public boolean isOfPredebit() {
    return isOfPurchase() && isOpenEnded();
  }

  /// No hold of a terminal is: its own time stands elsewhere.
  private boolean isOpenEnded() {
    return expiresMs == Long.MAX_VALUE;
  }

  public HoldRow ended(HoldState how, long by, long atMs) {
    return new HoldRow(site, hold, transaction, terminal, account, ledger, credit, amount, asset, expiresMs,
        how, by,
        atMs);
  }
}
