package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaleMachineTest {

  private static final SaleMode VENDING = new SaleMode.Products(
      List.of(new SaleLine("11", "Cola", 350, 1), new SaleLine("12", "Crisps", 275, 1)));

  @ParameterizedTest
  @CsvSource({"12*5#,1250", "12*50#,1250", "1250#,125000", "*05#,5", "8#,800", "0*8#,80", "99D8#,800",
      "1*999#,199"})
  void keysAreReadLikeOnAPocketCalculator(String keys, long amountMinor) {
    var rig = new SaleRig(
        new SaleSettings(new SaleMode.Keyed(), "CNY", 1_000_000, 800, 2_500, 60_000, 5_000, false, true,
            MealPlan.NONE));

    rig.keys(keys);

    assertThat(rig.state).isInstanceOfSatisfying(SaleState.Armed.class,
        armed -> assertThat(armed.basket().amountMinor()).isEqualTo(amountMinor));
  }

  @ParameterizedTest
  @CsvSource({"#,NO_AMOUNT", "0#,NO_AMOUNT", "1000*01#,AMOUNT_TOO_HIGH"})
  void aMistypedAmountIsRefusedBeforeACardComes(String keys, Screen.Mistake mistake) {
    var rig = SaleRig.keyed();

    var effects = rig.keys(keys);

    assertThat(effects).contains(new SaleEffect.Show(new Screen.Rejected(mistake)));
    assertThat(rig.tap(SaleRig.CARD)).noneMatch(effect -> effect instanceof SaleEffect.Authorize);
  }

  @Test
  @Requirement({"PAY-01", "PAY-07", "OFF-01"})
  void anOnlineTapIsAskedHeldRecordedAndOnlyThenApproved() {
    var rig = SaleRig.keyed();
    rig.keys("8#");

    assertThat(rig.tap(SaleRig.CARD))
        .contains(new SaleEffect.Authorize(rig.transaction(), SaleRig.CARD, 800, ""));
    rig.serverApproves(99);
    assertThat(rig.saidApproved()).as("before the record is durable").isFalse();
    rig.durable();

    assertThat(rig.saidApproved()).isTrue();
    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement()
        .satisfies(record -> assertThat(record.charge()).contains(
            new SaleEffect.Charge(SaleRig.CARD, SaleRig.ACCOUNT, 99, false,
                new Funds(SaleRig.BALANCE, 0))));
    assertThat(rig.effects).contains(new SaleEffect.Show(new Screen.Approved(800, 4_200, false)));
  }

  @ParameterizedTest
  @EnumSource(DeclineReason.class)
  @Requirement({"PAY-05", "PAY-06", "PAY-22"})
  void everyRefusalOfTheServerIsShownUnderItsOwnCodeAndLogged(DeclineReason reason) {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);

    var effects = rig.serverDeclines(reason);

    assertThat(effects).contains(new SaleEffect.Show(new Screen.Declined(reason)),
        new SaleEffect.Indicate(reason == DeclineReason.CARD_LOST ? Signal.LOST_CARD : Signal.DECLINE),
        new SaleEffect.RecordDecline(rig.transaction(), SaleRig.CARD, 800,
            reason, false, SaleRig.ACCOUNT));
    assertThat(rig.all(SaleEffect.RecordSale.class)).isEmpty();
  }

  @Test
  @Requirement({"OFF-01", "OFF-02", "OFF-03"})
  void withoutAServerThePolicyDecidesAtOnce() {
    var rig = SaleRig.keyed();
    rig.online = false;
    rig.keys("8#");

    rig.tap(SaleRig.CARD);
    assertThat(rig.saidApproved()).isFalse();
    rig.durable();

    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement()
        .satisfies(record -> assertThat(record.charge())
            .contains(new SaleEffect.Charge(SaleRig.CARD, SaleRig.ACCOUNT, 0, true,
                new Funds(SaleRig.BALANCE, 0))));
    assertThat(rig.effects).contains(new SaleEffect.Show(new Screen.Approved(800, 4_200, true)));
  }

  @Test
  @Requirement({"OFF-01"})
  void aSilentServerIsAwaitedForExactlyTheFallBackTime() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);

    assertThat(rig.after(799)).isEmpty();
    var effects = rig.after(1);

    assertThat(effects).contains(new SaleEffect.FellBack(rig.transaction(), true));
    assertThat(rig.all(SaleEffect.Cancel.class)).as("its SALE captures the hold").isEmpty();
    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement()
        .satisfies(record -> assertThat(record.charge()).map(SaleEffect.Charge::offline).contains(true));
    assertThat(rig.state).isInstanceOf(SaleState.Recording.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFallBackThatDeclinesTellsTheServerSo(boolean linkLost) {
    var rig = SaleRig.keyed();
    rig.offlineRefusal = Optional.of(DeclineReason.OFFLINE_NOT_ALLOWED);
    rig.keys("8#");
    rig.tap(SaleRig.CARD);

    var effects = linkLost ? rig.on(new SaleEvent.LinkLost()) : rig.after(800);

    assertThat(effects).contains(new SaleEffect.FellBack(rig.transaction(), false),
        new SaleEffect.Cancel(rig.transaction()),
        new SaleEffect.Show(new Screen.Declined(DeclineReason.OFFLINE_NOT_ALLOWED)));
    assertThat(rig.all(SaleEffect.RecordDecline.class)).singleElement().satisfies(record -> {
      assertThat(record.transaction()).isEqualTo(rig.transaction());
      assertThat(record.reason()).isEqualTo(DeclineReason.OFFLINE_NOT_ALLOWED);
    });
    assertThat(rig.all(SaleEffect.RecordSale.class)).isEmpty();
  }

  @Test
  void aLinkThatBreaksWhileTheServerThinksIsNotWaitedFor() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);
    rig.now += 5;

    rig.on(new SaleEvent.LinkLost());

    assertThat(rig.state).isInstanceOf(SaleState.Recording.class);
    assertThat(rig.effects).contains(new SaleEffect.FellBack(rig.transaction(), true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerAfterTheFallBackChangesNothingHere(boolean serverApproves) {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);
    rig.after(800);
    int before = rig.effects.size();

    var late = serverApproves ? rig.serverApproves(5) : rig.serverDeclines(DeclineReason.ACCOUNT_FROZEN);

    assertThat(late).isEmpty();
    rig.durable();
    assertThat(rig.effects.size()).isGreaterThan(before);
    assertThat(rig.all(SaleEffect.RecordSale.class)).hasSize(1);
  }

  @Test
  void anAnswerForAnotherTransactionIsNotTakenForThisOne() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);

    rig.on(new SaleEvent.Approved(new TransactionId(9, 9), 1, 1, 1));

    assertThat(rig.state).isInstanceOf(SaleState.Asking.class);
    assertThat(rig.all(SaleEffect.RecordSale.class)).isEmpty();
  }

  @Test
  void aFailedCommitNeverSaysApprovedAndGivesTheHoldBack() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);
    rig.serverApproves(99);

    var effects = rig.commitFails();

    assertThat(rig.saidApproved()).isFalse();
    assertThat(effects).contains(new SaleEffect.Show(new Screen.Declined(DeclineReason.PAYMENT_FAILED)),
        new SaleEffect.Cancel(rig.transaction()));
  }

  @Test
  void aDeniedCardIsRefusedWithoutAskingAnybody() {
    var rig = SaleRig.keyed();
    rig.denied.add(SaleRig.CARD);
    rig.keys("8#");

    assertThat(rig.tap(SaleRig.CARD))
        .contains(new SaleEffect.Show(new Screen.Declined(DeclineReason.CARD_LOST)));
    assertThat(rig.all(SaleEffect.RecordDecline.class)).singleElement()
        .satisfies(record -> assertThat(record.reason()).isEqualTo(DeclineReason.CARD_LOST));
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
  }

  @Test
  @Requirement({"PAY-04"})
  void aCardThatNamesNobodyCreatesNoTransactionAndIsLogged() {
    var rig = SaleRig.keyed();
    rig.keys("8#");

    var effects = rig.on(new SaleEvent.CardUnidentified());

    assertThat(effects).contains(new SaleEffect.Show(new Screen.Declined(DeclineReason.IDENTITY_ERROR)),
        new SaleEffect.LogAttempt(DeclineReason.IDENTITY_ERROR));
    assertThat(rig.all(SaleEffect.RecordDecline.class)).isEmpty();
    assertThat(rig.transaction()).as("no id was drawn").isEqualTo(new TransactionId(1, 0));
  }

  @ParameterizedTest
  @EnumSource(names = "CARD_UNIDENTIFIED", mode = EnumSource.Mode.EXCLUDE)
  void aCardThatIsNotTakenIsToldWhyAndPaysNothing(CardRefusal why) {
    var rig = SaleRig.keyed();
    assertThat(rig.on(new SaleEvent.CardUnidentified(why))).contains(
        new SaleEffect.Show(new Screen.CardRefused(why)));
    rig.keys("8#");

    assertThat(rig.on(new SaleEvent.CardUnidentified(why))).contains(
        new SaleEffect.Show(new Screen.CardRefused(why)),
        new SaleEffect.LogAttempt(DeclineReason.IDENTITY_ERROR));

    assertThat(rig.all(SaleEffect.RecordDecline.class)).isEmpty();
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
    rig.online = true;
    rig.tap(SaleRig.CARD);
    assertThat(rig.all(SaleEffect.Authorize.class)).as("the price waits for a good card").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"PAY-17"})
  void theCardJustChargedIsNotChargedAgainByAHesitatingHand(boolean online) {
    var rig = SaleRig.fixed(800);
    rig.online = online;
    rig.tap(SaleRig.CARD);
    if (online) {
      rig.serverApproves(1);
    }
    rig.durable();
    rig.on(new SaleEvent.CardRemoved());
    rig.now += 1_000;

    var again = rig.tap(SaleRig.CARD);

    assertThat(again).containsOnlyOnce(new SaleEffect.Show(new Screen.Approved(800, 4_200, !online)));
    assertThat(rig.all(SaleEffect.RecordSale.class)).hasSize(1);
    rig.online = true;
    assertThat(rig.all(SaleEffect.Authorize.class)).hasSize(online ? 1 : 0);
    rig.tap(SaleRig.OTHER_CARD);
    assertThat(rig.all(SaleEffect.Authorize.class)).as("the next customer need not wait")
        .hasSize(online ? 2 : 1);
  }

  @Test
  void theSameCardPaysASecondMealAfterTheGuardTime() {
    var rig = SaleRig.fixed(800);
    rig.tap(SaleRig.CARD);
    rig.serverApproves(1);
    rig.durable();

    rig.after(SaleSettings.DEFAULT_REPEAT_MILLIS);
    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.Authorize.class)).hasSize(2);
  }

  @Test
  void aSecondCardDuringADecisionIsNotCharged() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);
    rig.tap(SaleRig.OTHER_CARD);
    rig.serverApproves(1);
    rig.tap(SaleRig.OTHER_CARD);
    rig.durable();

    assertThat(rig.all(SaleEffect.Authorize.class)).hasSize(1);
    assertThat(rig.all(SaleEffect.RecordSale.class)).hasSize(1);
  }

  @Test
  void productsAreCollectedIntoOneTransaction() {
    var rig = new SaleRig(VENDING);
    rig.keys("11#12#11#");

    rig.tap(SaleRig.CARD);
    rig.serverApproves(1);

    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement().satisfies(record -> {
      assertThat(record.basket().amountMinor()).isEqualTo(975);
      assertThat(record.basket().lines()).extracting(SaleLine::code).containsExactly("11", "12", "11");
    });
  }

  @Test
  void anUnknownProductLeavesTheBasketAlone() {
    var rig = new SaleRig(VENDING);
    rig.keys("11#");

    assertThat(rig.keys("77#"))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.UNKNOWN_PRODUCT)));
  }

  @Test
  void aCashSaleOfTheTillIsRecordedAndAnsweredOnceDurable() {
    var rig = new SaleRig(VENDING);
    var basket = Basket.of(List.of(new SaleLine("11", "Cola", 350, 2)), "T-1");

    assertThat(rig.on(new SaleEvent.CashTaken(basket)))
        .containsExactly(new SaleEffect.RecordSale(rig.transaction(), basket, Optional.empty()));
    var answered = rig.durable();

    assertThat(answered)
        .contains(new SaleEffect.AnswerTill("T-1", new TillOutcome.Paid(rig.transaction(), 17)));
  }

  @Test
  void aTillsBasketIsPaidByTheNextCardAndStrayKeysDoNotChangeIt() {
    var rig = SaleRig.keyed();
    rig.on(new SaleEvent.BasketOffered(Basket.of(List.of(new SaleLine("11", "Cola", 350, 1)), "T-2")));

    rig.keys("99#AB*");
    rig.tap(SaleRig.CARD);
    rig.serverDeclines(DeclineReason.INSUFFICIENT_BALANCE);

    assertThat(rig.all(SaleEffect.Authorize.class)).extracting(SaleEffect.Authorize::amountMinor)
        .containsExactly(350L);
    assertThat(rig.effects).contains(new SaleEffect.AnswerTill("T-2",
        new TillOutcome.Refused(DeclineReason.INSUFFICIENT_BALANCE)));
  }

  @Test
  void aSecondBasketOfTheTillIsToldThatTheTerminalIsBusy() {
    var rig = SaleRig.keyed();
    rig.on(new SaleEvent.BasketOffered(Basket.of(List.of(new SaleLine("11", "Cola", 350, 1)), "T-3")));
    rig.tap(SaleRig.CARD);

    var effects = rig
        .on(new SaleEvent.BasketOffered(Basket.of(List.of(new SaleLine("12", "", 1, 1)), "T-4")));

    assertThat(effects).containsExactly(
        new SaleEffect.AnswerTill("T-4", new TillOutcome.Refused(DeclineReason.SYSTEM_BUSY)));
  }

  @Test
  void aRepeatedBasketIsNotToldBusyWhileItsOwnSaleIsDecided() {
    var rig = SaleRig.keyed();
    var basket = Basket.of(List.of(new SaleLine("11", "Cola", 350, 1)), "T-3");
    rig.on(new SaleEvent.BasketOffered(basket));
    rig.tap(SaleRig.CARD);

    assertThat(rig.on(new SaleEvent.BasketOffered(basket))).isEmpty();
    assertThat(rig.on(new SaleEvent.BasketOffered(new Basket(List.of(), 351, "T-3"))))
        .containsExactly(new SaleEffect.AnswerTill("T-3",
            new TillOutcome.Rejected(SaleEffect.ReferenceProblem.REFERENCE_USED)));
  }

  @Test
  void anOperatorTakesTheLastSaleBack() {
    var rig = SaleRig.keyed();
    var sale = new LastSale(16, new TransactionId(3, 3), Tender.TENDER_CARD,
        ByteString.copyFrom(SaleRig.CARD.bytes()), SaleRig.ACCOUNT, 800, "CNY", false);
    rig.lastSale = Optional.of(sale);
    rig.keys("A");

    assertThat(rig.tap(SaleRig.OPERATOR))
        .containsExactly(new SaleEffect.RecordVoid(rig.transaction(), sale, SaleRig.OPERATOR));
    assertThat(rig.durable()).contains(new SaleEffect.Show(new Screen.Voided(800)));
  }

  @Test
  void nobodyElseTakesASaleBack() {
    var rig = SaleRig.keyed();
    rig.lastSale = Optional
        .of(new LastSale(16, new TransactionId(3, 3), Tender.TENDER_CASH, ByteString.EMPTY, 0, 800,
            "CNY", false));
    rig.keys("A");

    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.RecordVoid.class)).isEmpty();
    assertThat(rig.effects)
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.NOT_AN_OPERATOR)));
  }

  @Test
  void aRefusingTerminalSaysWhyAndSellsNothing() {
    var rig = SaleRig.fixed(800);
    rig.refusal = Optional.of("DISK_FULL");

    assertThat(rig.tap(SaleRig.CARD)).contains(new SaleEffect.Show(new Screen.OutOfOrder("DISK_FULL")));
    rig.on(new SaleEvent.CashTaken(Basket.of(List.of(new SaleLine("11", "", 350, 1)), "T-5")));

    assertThat(rig.all(SaleEffect.RecordSale.class)).isEmpty();
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
  }

  @Test
  void whatIsTypedWhileATerminalRefusesIsNoPriceAfterwards() {
    var rig = SaleRig.keyed();
    rig.refusal = Optional.of("PAPER_OUT");
    rig.keys("12#");
    assertThat(rig.effects).last().isEqualTo(new SaleEffect.Show(new Screen.OutOfOrder("PAPER_OUT")));

    rig.refusal = Optional.empty();

    assertThat(rig.tap(SaleRig.CARD))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.NO_AMOUNT)));
  }

  @Test
  void anAmountThatNobodyPaysIsForgotten() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.after(SaleSettings.DEFAULT_ARMED_MILLIS);

    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
  }

  @Test
  void theNextAmountMayBeKeyedWhileAResultStandsOnTheScreen() {
    var rig = SaleRig.keyed();
    rig.keys("8#");
    rig.tap(SaleRig.CARD);
    rig.serverApproves(1);
    rig.durable();

    rig.keys("9#");

    assertThat(rig.state).isInstanceOfSatisfying(SaleState.Armed.class,
        armed -> assertThat(armed.basket().amountMinor()).isEqualTo(900));
  }
}
