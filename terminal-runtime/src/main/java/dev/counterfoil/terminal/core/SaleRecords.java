package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.SaleSubType;
import dev.counterfoil.proto.v1.Stay;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.UseOf;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.CardUsed;
import dev.counterfoil.terminal.sale.Occasion;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleLine;

/// Bodies of the records of sales, uses and declines, as `record.proto` has them. Pure.
///
/// @param currency        ISO 4217
/// @param snapshotVersion of the account snapshot that is kept
/// @param online          whether the server can be asked now
record SaleRecords(String currency, long snapshotVersion, boolean online) {

  private static final int CARD_SWIPE = 1;
  private static final int CODE_SCAN = 3;

  Sale of(SaleEffect.RecordSale sale) {
    Basket basket = sale.basket();
    long payable = basket.amountMinor();
    long amount = sale.charge().map(charge -> charge.funds().payable(payable)).orElse(payable);
    var body = Sale.newBuilder().setTransactionId(Wire.bytes(sale.transaction())).setAmountMinor(amount)
        .setCurrency(currency).setExternalReference(basket.externalReference());
    if (basket.originalMinor() != amount) {
      body.setOriginalMinor(basket.originalMinor()).setDiscountMinor(basket.originalMinor() - payable);
    }
    body.setMealPeriod(basket.meal()).setCardClass(basket.terms().cardClass())
        .setPersonalDiscountPermille(basket.terms().discountPermille());
    basket.lines().forEach(line -> body.addLines(item(line)));
    body.setOrderId(basket.occasion().order());
    if (basket.occasion().order() > 0) {
      body.setSubType(SaleSubType.SALE_SUB_TYPE_RESERVATION);
    }
    body.setCount(Math.toIntExact(basket.occasion().count()));
    if (basket.occasion().startSeq() > 0) {
      body.setStay(stay(basket.occasion()));
    }
    sale.charge().ifPresentOrElse(
        charge -> body.setTender(Tender.TENDER_CARD)
            .setPresentation(charge.scanned() ? CODE_SCAN : CARD_SWIPE)
            .setCardToken(ByteString.copyFrom(charge.token().bytes())).setAccountId(charge.accountId())
            .setOffline(charge.offline()).setHoldId(charge.holdId())
            .setSnapshotVersion(charge.offline() ? snapshotVersion : 0)
            .setBalanceBeforeMinor(charge.balanceBeforeMinor())
            .setBalanceAfterMinor(charge.balanceBeforeMinor() - amount)
            .setSubsidyMinor(charge.funds().subsidyOf(amount)).setPointsUsed(charge.funds().pointsUsed())
            .setPointsEarned(charge.funds().pointsEarned()),
        () -> body.setTender(Tender.TENDER_CASH).setOffline(!online));
    return body.build();
  }

  Use of(TransactionId transaction, CardToken token, long account, CardUsed use) {
    var body = Use.newBuilder().setTransactionId(Wire.bytes(transaction))
        .setCardToken(ByteString.copyFrom(token.bytes()))
        .setAccountId(account)
        .setOf(switch (use.what()) {
          case COUNTED -> UseOf.USE_OF_COUNT;
          case TIME_STARTED -> UseOf.USE_OF_TIME_STARTED;
          case ORDER -> UseOf.USE_OF_ORDER;
        }).setMealPeriod(use.meal()).setCount(Math.toIntExact(use.count())).setAtMs(use.atMillis())
        .setProductCode(use.productCode()).setOrderId(use.goods().occasion().order());
    use.goods().lines().forEach(line -> body.addLines(item(line)));
    return body.build();
  }

  private static Stay stay(Occasion occasion) {
    return Stay.newBuilder().setStartSeq(occasion.startSeq()).setStartedMs(occasion.startedMillis())
        .setEndedMs(occasion.endedMillis()).setUnits((int) Math.min(occasion.units(), Integer.MAX_VALUE))
        .build();
  }

  private static LineItem item(SaleLine line) {
    return LineItem.newBuilder().setProductCode(line.code()).setProductName(line.name())
        .setUnitPriceMinor(line.unitPriceMinor()).setQuantity(line.quantity()).setWeightGrams(line.grams())
        .setKilogramPriceMinor(line.kilogramMinor()).build();
  }

  Decline of(SaleEffect.RecordDecline decline) {
    return Decline.newBuilder().setTransactionId(Wire.bytes(decline.transaction()))
        .setCardToken(ByteString.copyFrom(decline.token().bytes())).setAmountMinor(decline.amountMinor())
        .setCurrency(currency).setReason(decline.reason().name()).setOffline(decline.offline())
        .setAccountId(decline.accountId()).build();
  }
}
