package dev.counterfoil.terminal.sale;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.id.TransactionId;

/// A sale that may be paid back, as the server knows it.
///
/// @param paidMinor what was paid, minor units
/// @param leftMinor what of it may still be paid back
/// @param cardToken whose card paid; empty for coins and notes
/// @param accountId 0 for coins and notes
public record RefundableSale(TransactionId original, long paidMinor, long leftMinor, ByteString cardToken,
    long accountId) {

  /// Paid with coins and notes, and so paid back.
  public boolean isCash() {
    return accountId == 0;
  }
}
