package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// A freeze of an amount or of a whole account, and how it ended (FRZ-01 to FRZ-04). What was asked for never changes, and
/// it ends once.
///
/// @param number running number within the site
/// @param transaction names it; of an amount also the transaction whose HOLD reserves it
/// @param amount minor units; 0 freezes the whole account
/// @param condition what must be met before an operator may end it, empty if nothing
/// @param expiresMs server time at which it ends by itself, 0 = never
/// @param end null while it lasts
public record FreezeRow(int site, long number, TransactionId transaction, long account, long amount,
    FreezeKind kind, String reason, String condition, String operator, long atMs, long expiresMs,
    @Nullable End end) {

  /// @param operator empty when time ended it
  public record End(UnfreezeKind kind, String reason, String operator, long atMs) {}

  public boolean isOpen() {
    return end == null;
  }

  public boolean isOfWholeAccount() {
    return amount == 0;
  }

  public FreezeRow ended(End next) {
    return new FreezeRow(site, number, transaction, account, amount, kind, reason, condition, operator, atMs,
        expiresMs, next);
  }
}
