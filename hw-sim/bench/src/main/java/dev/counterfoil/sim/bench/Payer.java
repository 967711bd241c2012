package dev.counterfoil.sim.bench;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.random.RandomGenerator;

/// Somebody who can pay.
///
/// @param token his card's
/// @param account his account's number
record Payer(byte[] token, long account) {

  private static final long BALANCE = 100_000;

  /// What a terminal writes of a sale to him that it decided without the server.
  ///
  /// @param amountMinor minor units
  RecordDraft sale(long amountMinor, RandomGenerator random) {
    var transaction = TransactionId.draw(System.currentTimeMillis(), random);
    return RecordDraft.of(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(ByteString.copyFrom(transaction.bytes()))
            .setTender(Tender.TENDER_CARD).setCardToken(ByteString.copyFrom(token)).setAccountId(account)
            .setAmountMinor(amountMinor).setCurrency("CNY").setOffline(true).setSnapshotVersion(1)
            .setBalanceBeforeMinor(BALANCE).setBalanceAfterMinor(BALANCE - amountMinor).setPresentation(1)
            .build(),
        amountMinor);
  }
}
