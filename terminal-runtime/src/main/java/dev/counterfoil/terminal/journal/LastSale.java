package dev.counterfoil.terminal.journal;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;

/// The sale that a void by the operator's card would take back.
///
/// @param cardToken as it stands in the SALE record; empty for cash
/// @param accountId 0 for cash
/// @param offline decided without the server
public record LastSale(long seq, TransactionId transactionId, Tender tender, ByteString cardToken,
    long accountId, long amountMinor, String currency, boolean offline) {}
