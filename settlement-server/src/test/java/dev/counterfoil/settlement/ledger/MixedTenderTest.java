package dev.counterfoil.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.SaleSubType;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SaleLineRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.trace.Requirement;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sales that are paid partly with coins and notes, and what their records say besides. The holder has 100.00.
class MixedTenderTest extends MoneyServer {

  private Sale.Builder sale(TransactionId id, long amount, long cash) {
    return Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CARD)
        .setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())).setAmountMinor(amount)
        .setCurrency("CNY").setCashMinor(cash);
  }

  private void sell(Sale.Builder body) {
    push(() -> till.write(RecordKind.SALE, body.build(), body.getAmountMinor()));
  }

  private TransactionRow row(TransactionId id) {
    return server.store.transaction(SITE, id).orElseThrow();
  }

  /// Balances of the holder, his subsidy, the till's drawer, the merchant and suspense.
  private record Balances(long own, long subsidy, long drawer, long merchant, long suspense) {}

  private record Rule(String name, Balances before, Balances after, Runnable event) {}

  private Balances books() {
    return new Balances(server.balance(LedgerKind.CASH, holder.account()),
        server.store.purses().purse(SITE, holder.account(), "meal")
            .map(purse -> server.balance(LedgerKind.SUBSIDY, purse.ledger())).orElse(0L),
        server.balance(LedgerKind.CASH_DRAWER, 1), server.balance(LedgerKind.MERCHANT_PAYABLE, 1),
        server.balance(LedgerKind.SUSPENSE, 0));
  }

  @TestFactory
  @Requirement({"PAY-12"})
  Stream<DynamicTest> eachRuleMovesExactlyTheNamedBalances() {
    TransactionId mixed = server.transaction();
    TransactionId held = server.transaction();
    TransactionId all = server.transaction();
    return Stream.of(
        new Rule("cash and balance", new Balances(10_000, 0, 0, 0, 0), new Balances(9_100, 0, -300, 1_200, 0),
            () -> sell(sale(mixed, 1_200, 300))),
        new Rule("a third is paid back to each in proportion", new Balances(9_100, 0, -300, 1_200, 0),
            new Balances(9_400, 0, -200, 800, 0), () -> server.core.refunds().refund(SITE, mixed, 400,
                server.transaction(), server.now)),
        new Rule("with a hold of the part that the account pays", new Balances(9_400, 0, -200, 800, 0),
            new Balances(8_900, 0, -700, 1_800, 0), () -> {
              assertThat(server.authorize(till, held, 1, 500).getOutcome())
                  .isEqualTo(Outcomes.OUTCOMES_APPROVED);
              sell(sale(held, 1_000, 500));
            }),
        new Rule("its void", new Balances(8_900, 0, -700, 1_800, 0), new Balances(9_400, 0, -200, 800, 0),
            () -> push(() -> till.voidSale(server.transaction(), held, 1_000))),
        new Rule("cash, subsidy and balance", new Balances(9_400, 0, -200, 800, 0),
            new Balances(9_000, 0, -400, 1_700, 0), () -> {
              server.core.subsidies().grant(SITE, new Grant(holder.account(), "meal", 300, 0, 0, "", "li"),
                  server.transaction(), server.now);
              sell(sale(all, 900, 200));
            }),
        new Rule("a card that nobody knows", new Balances(9_000, 0, -400, 1_700, 0),
            new Balances(9_000, 0, -500, 2_000, -200),
            () -> sell(sale(server.transaction(), 300, 100)
                .setCardToken(ByteString.copyFrom(TestServer.token(99).bytes())))))
        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
  }

  private void check(Rule rule) {
    assertThat(books()).isEqualTo(rule.before());

    rule.event().run();

    assertThat(books()).isEqualTo(rule.after());
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.ledger().sums()).containsEntry("CNY", 0L).hasSize(1);
  }

  @Test
  @Requirement({"PAY-12"})
  void eachPartIsRecordedAndARunWithOnePartRemovedIsFound() {
    TransactionId id = server.transaction();
    sell(sale(id, 1_200, 300));

    assertThat(server.store.transfersOf(SITE, id)).extracting(TransferRow::reason)
        .containsExactly("CASH_SALE", "SALE");
    assertThat(server.store.transfersOf(SITE, id)).extracting(TransferRow::amount).containsExactly(300L,
        900L);
    assertThat(row(id).details().cash()).isEqualTo(300);
    aMissingLegIsFound(holder, 900, 0);
  }

  @Test
  void onlyWhatTheAccountPaysCountsForItsDay() {
    sell(sale(server.transaction(), 1_200, 300));
    assertThat(server.store.ledgerAccount(SITE, holder.cashLedger()).orElseThrow().spentToday())
        .isEqualTo(900);
  }

  @Test
  void aHoldOfTheWholeAmountIsNoneOfTheAccountsPart() {
    TransactionId id = server.transaction();
    server.authorize(till, id, 1, 1_200);
    sell(sale(id, 1_200, 300));
    assertThat(server.store.holdOf(SITE, id).orElseThrow().state()).isEqualTo(HoldState.CAPTURED);
    assertThat(server.available(holder)).isEqualTo(9_100);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.CAPTURE_AMOUNT_DIFFERS);
  }

  @Test
  @Requirement({"PAY-02", "PAY-10", "PAY-11", "PAY-13", "PAY-14"})
  void aSaleKeepsItsAmountsItsKindItsCardAndItsGoods() {
    TransactionId id = server.transaction();
    sell(sale(id, 1_200, 0).setOriginalMinor(1_500).setDiscountMinor(250).setPresentation(1)
        .setSubType(SaleSubType.SALE_SUB_TYPE_ONLINE).setConsumerIp("203.0.113.9")
        .addLines(LineItem.newBuilder().setProductCode("P-1").setProductName("rice").setUnitPriceMinor(600)
            .setQuantity(2).setCategoryId(4).setCategoryName("meals"))
        .addLines(LineItem.newBuilder().setProductCode("P-2").setProductName("beef").setUnitPriceMinor(2_394)
            .setQuantity(1).setWeightGrams(352).setKilogramPriceMinor(6_800)));

    assertThat(row(id).details()).isEqualTo(new TransactionRow.Details(1, "ONLINE", 1, 250, 50, 0, 10_000L,
        8_800L, "203.0.113.9"));
    assertThat(server.store.sales().saleLines(SITE, id))
        .containsExactly(new SaleLineRow(SITE, id, 1, "P-1", "rice", 4, "meals", 2, 600),
            new SaleLineRow(SITE, id, 2, "P-2", "beef", 0, "", 1, 2_394, 352, 6_800));
  }

  @ParameterizedTest
  @CsvSource({"CARD,0,0,NFC", "CARD,3,0,QR", "CASH,0,0,POS", "CARD,0,5,RESERVATION", "CARD,3,1,POS",
      "CARD,0,6,CABINET", "CARD,0,99,NFC"})
  @Requirement({"PAY-02"})
  void theKindOfAConsumptionIsToldByItsRecordOrByHowTheCardWasPresented(String tender, int presentation,
      int subType, String kind) {
    TransactionId id = server.transaction();
    sell(sale(id, 500, 0).setTender(Tender.valueOf("TENDER_" + tender)).setPresentation(presentation)
        .setSubTypeValue(subType));
    assertThat(row(id).details().subType()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"1200,0,0", "1201,0,0", "-1,0,0", "0,1199,0", "0,1500,301", "0,1500,-1", "0,-1,0"})
  @Requirement({"PAY-11"})
  void amountsThatContradictEachOtherAreBookedToNobody(long cash, long original, long discount) {
    sell(sale(server.transaction(), 1_200, cash).setOriginalMinor(original).setDiscountMinor(discount));
    assertThat(server.exceptions()).containsExactly(ExceptionKind.UNREADABLE_RECORD);
    assertThat(server.available(holder)).isEqualTo(10_000);
  }
}
