package dev.counterfoil.terminal.journal;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;

/// The sale that a void by the operator's card would take back.
///
/// @param cardToken as it stands in the SALE record; empty for cash
/// @param accountId 0 for cash
/// @param offline decided without the server
/// @param wallMillis wall clock of the record, Unix milliseconds; 0 where it was kept before this was
/// @param told whether a run that showed it as approved lived on long enough to note that
public record LastSale(long seq, TransactionId transactionId, Tender tender, ByteString cardToken,
    long accountId, long amountMinor, String currency, boolean offline, long wallMillis, boolean told) {

  /// One that was shown, at an unknown time.
  public LastSale(long seq, TransactionId transactionId, Tender tender, ByteString cardToken, long accountId,
      long amountMinor, String currency, boolean offline) {
    this(seq, transactionId, tender, cardToken, accountId, amountMinor, currency, offline, 0, true);
  }

  /// One of test mode, which no journal keeps as such.
  public static LastSale ofTest(long seq, TransactionId transaction, dev.counterfoil.proto.v1.Sale sale) {
    return new LastSale(seq, transaction, sale.getTender(), sale.getCardToken(), sale.getAccountId(),
        sale.getAmountMinor(), sale.getCurrency(), sale.getOffline());
  }

  LastSale asTold() {
    return new LastSale(seq, transactionId, tender, cardToken, accountId, amountMinor, currency, offline,
        wallMillis, true);
  }
}
