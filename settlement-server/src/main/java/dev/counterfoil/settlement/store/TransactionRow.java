package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// One settled business event. Inserted once; the transaction id is its idempotency key (PAY-17).
///
/// @param terminal 0 for a transaction born on the server
/// @param seq record that brought it, 0 for a transaction born on the server
/// @param account holder's account, 0 when there is none or it is unknown
/// @param amount minor units, as the record states it; negative for a void or refund
/// @param offline offline_flag of OFF-05
/// @param syncStatus 1 synced and posted, 2 synced but not posted to the holder, see the exception queue (OFF-05)
/// @param reverses what a void or reversal takes back, at most once, or what a refund pays back in part, or the freeze that
/// an unfreeze ends
/// @param firstTransfer number of its first transfer, the others follow without a hole; 0 when nothing was posted
/// @param terminalMs terminal's wall clock: data, never an order
/// @param atMs server time of settlement
/// @param details what reports ask of a sale
public record TransactionRow(
    int site,
    TransactionId transaction,
    TransactionKind kind,
    int terminal,
    long seq,
    long account,
    long amount,
    String asset,
    boolean offline,
    int syncStatus,
    @Nullable TransactionId reverses,
    long firstTransfer,
    long terminalMs,
    long atMs,
    Details details) {

  /// What reports ask of a sale; {@link #NONE} of anything else.
  ///
  /// @param card our number of the card, 0 for none
  /// @param subType name of a {@link SaleSubType}, or empty
  /// @param presentation 1 card swipe, 2 face, 3 code scan, 0 not told
  /// @param discount taken off the original price, minor units
  /// @param reduced payable less paid, minor units: original = |amount| + reduced + discount (PAY-11)
  /// @param cash part of the amount paid in coins and notes (PAY-12)
  /// @param before of all of the holder's purses, null when there is no holder
  /// @param after likewise
  /// @param consumerIp of an online purchase, or empty
  public record Details(long card, String subType, int presentation, long discount, long reduced, long cash,
      @Nullable Long before, @Nullable Long after, String consumerIp) {

    public static final Details NONE = new Details(0, "", 0, 0, 0, 0, null, null, "");
  }

  /// Of an event without details.
  public TransactionRow(int site, TransactionId transaction, TransactionKind kind, int terminal, long seq,
      long account, long amount, String asset, boolean offline, int syncStatus,
      @Nullable TransactionId reverses, long firstTransfer, long terminalMs, long atMs) {
    this(site, transaction, kind, terminal, seq, account, amount, asset, offline, syncStatus, reverses,
        firstTransfer, terminalMs, atMs, Details.NONE);
  }

  public static final int SYNCED = 1;
  public static final int SYNC_FAILED = 2;
}
