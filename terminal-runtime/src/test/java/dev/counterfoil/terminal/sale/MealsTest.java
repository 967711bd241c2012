package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Meal periods at the counter: lunch 11:00 to 13:30 for 8.00, the second time 10.00, at most twice, 15.00 a tap, 20.00 in all;
/// supper at the terminal's own price.
class MealsTest {

  private static final MealPeriod LUNCH = new MealPeriod("lunch", 660, 810, List.of(800L, 1_000L), 2, 1_500,
      2_000);
  private static final MealPeriod SUPPER = new MealPeriod("supper", 1_020, 1_140, List.of(), 0, 0, 0);

  private static SaleRig rig(SaleMode mode, int discountPermille) {
    return new SaleRig(
        SaleSettings.of(mode, "CNY").with(new MealPlan(List.of(LUNCH, SUPPER), discountPermille)));
  }

  private static SaleRig fixed() {
    return rig(new SaleMode.Fixed(new SaleLine("9", "meal", 700, 1)), 0);
  }

  private static void had(SaleRig rig, int meal, long taps, long minor) {
    rig.had.put(SaleRig.CARD + "/" + meal, new MealUse(taps, minor));
  }

  private static DeclineReason declined(SaleRig rig) {
    return rig.all(SaleEffect.RecordDecline.class).getLast().reason();
  }

  @ParameterizedTest
  @CsvSource({"720,0,800", "720,1,1000", "1020,0,700", "1020,8,700"})
  void aFixedPriceIsThatOfThePeriodAndTheTap(int minute, long tapsBefore, long price) {
    var rig = fixed();
    rig.minute = OptionalInt.of(minute);
    had(rig, 1, tapsBefore, 0);
    had(rig, 2, tapsBefore, 0);

    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    assertThat(rig.all(SaleEffect.Authorize.class)).singleElement()
        .satisfies(asked -> assertThat(asked.amountMinor()).isEqualTo(price));
    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement().satisfies(sale -> {
      assertThat(sale.basket().amountMinor()).isEqualTo(price);
      assertThat(sale.basket().meal()).isEqualTo(minute == 720 ? 1 : 2);
    });
  }

  @Test
  void theThirdLunchIsRefusedWhileSupperIsNot() {
    var rig = fixed();
    had(rig, 1, 2, 1_800);
    rig.tap(SaleRig.CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.LIMIT_MEAL_COUNT);
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();

    rig.minute = OptionalInt.of(1_020);
    rig.tap(SaleRig.CARD);
    assertThat(rig.all(SaleEffect.Authorize.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"15#,0,", "15*01#,0,LIMIT_PER_TRANSACTION", "10#,1000,", "10*01#,1000,LIMIT_MEAL_AMOUNT"})
  void keyedAmountsKeepToTheMealsLimits(String keys, long minorBefore, DeclineReason reason) {
    var rig = rig(new SaleMode.Keyed(), 0);
    had(rig, 1, 1, minorBefore);
    rig.keys(keys);
    rig.tap(SaleRig.CARD);

    if (reason == null) {
      assertThat(rig.all(SaleEffect.Authorize.class)).hasSize(1);
    } else {
      assertThat(declined(rig)).isEqualTo(reason);
    }
  }

  @Test
  void outsideEveryPeriodAndWithoutTheTimeNothingIsSold() {
    var rig = fixed();
    rig.minute = OptionalInt.of(600);
    assertThat(rig.on(new SaleEvent.Tick()))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.CLOSED)));
    rig.tap(SaleRig.CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.OUTSIDE_HOURS);
    rig.minute = OptionalInt.empty();
    rig.tap(SaleRig.CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.CLOCK_UNKNOWN);
  }

  @Test
  void offlineThePeriodsLimitsHoldToo() {
    var rig = fixed();
    rig.online = false;
    had(rig, 1, 2, 0);

    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.RecordDecline.class)).singleElement().satisfies(decline -> {
      assertThat(decline.reason()).isEqualTo(DeclineReason.LIMIT_MEAL_COUNT);
      assertThat(decline.offline()).isTrue();
    });
  }

  @Test
  void theGlassShowsWhatAFirstTapCostsNow() {
    var rig = fixed();
    assertThat(rig.on(new SaleEvent.Tick())).contains(new SaleEffect.Show(new Screen.PresentCard(800)));
    rig.minute = OptionalInt.of(1_020);
    assertThat(rig.on(new SaleEvent.Tick())).contains(new SaleEffect.Show(new Screen.PresentCard(700)));
  }

  @Test
  void theMachinesDiscountIsTakenOffAndStandsInTheRecord() {
    var rig = rig(new SaleMode.Keyed(), 100);

    assertThat(rig.keys("9*99#")).contains(new SaleEffect.Show(new Screen.PresentCard(899)));
    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement().satisfies(sale -> {
      assertThat(sale.basket().amountMinor()).isEqualTo(899);
      assertThat(sale.basket().originalMinor()).isEqualTo(999);
    });
  }

  @Test
  @Requirement({"PAY-11"})
  void aHoldersOwnDiscountIsTakenOffToo() {
    var rig = rig(new SaleMode.Keyed(), 100);
    rig.terms.put(SaleRig.CARD, new CardTerms(1, 250));
    rig.keys("7*99#");
    assertThat(rig.tap(SaleRig.CARD)).contains(new SaleEffect.Show(new Screen.Working(539, 799)));
    rig.serverApproves(5);

    assertThat(rig.all(SaleEffect.Authorize.class).getLast().amountMinor()).isEqualTo(539);
    assertThat(rig.all(SaleEffect.RecordSale.class).getLast().basket())
        .satisfies(basket -> assertThat(basket.originalMinor()).isEqualTo(799))
        .satisfies(basket -> assertThat(basket.terms().discountPermille()).isEqualTo(250));
    assertThat(rig.durable()).contains(new SaleEffect.Show(
        new Screen.Approved(539, 4_461, false, List.of(new Screen.Detail.Before(799)))));
  }

  @Test
  void whoPaysWithACodeOrInCashPaysWhatTheGlassShows() {
    var settings = SaleSettings.of(new SaleMode.Keyed(), "CNY");
    var rig = new SaleRig(new SaleSettings(settings.mode(), "CNY", settings.maxAmountMinor(), 800, 2_500,
        60_000, 5_000, true, true, new MealPlan(List.of(LUNCH), 100)));
    assertThat(rig.keys("10#")).contains(new SaleEffect.Show(new Screen.PresentCard(900)));
    rig.on(new SaleEvent.CodePresented(PaymentCode.of(new byte[12], new byte[32])));
    assertThat(rig.all(SaleEffect.AuthorizeCode.class).getLast().amountMinor()).isEqualTo(900);
    rig.serverDeclines(DeclineReason.QR_INVALID);

    rig.keys("10#C");
    assertThat(rig.all(SaleEffect.RecordSale.class).getLast().basket().amountMinor()).isEqualTo(900);
    rig.durable();

    rig.minute = OptionalInt.of(600);
    rig.keys("10#");
    assertThat(rig.on(new SaleEvent.CodePresented(PaymentCode.of(new byte[12], new byte[32]))))
        .contains(new SaleEffect.Show(new Screen.Declined(DeclineReason.OUTSIDE_HOURS)));
  }

  @Test
  void aTillsOwnBasketCostsWhatTheTillSays() {
    var rig = rig(new SaleMode.Keyed(), 100);
    rig.minute = OptionalInt.of(600);
    rig.on(new SaleEvent.BasketOffered(new Basket(List.of(), 5_000, "till-1")));
    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.Authorize.class)).singleElement()
        .satisfies(asked -> assertThat(asked.amountMinor()).isEqualTo(5_000));
  }
}
