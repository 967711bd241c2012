package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.journal.Visits.Visit;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.MealUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One tap is one, at most two in lunch or three a day; and a pool at 4.00 for each half hour, 15.00 at most.
class CountedAndTimedTest {

  private static final long MINUTE = 60_000;
  private static final SaleMode POOL = new SaleMode.Timed(new SaleLine("p", "pool", 400, 1), 30 * MINUTE,
      1_500);
  private static final MealPeriod LUNCH = new MealPeriod("", 660, 810, List.of(), 2, 0, 0);

  private static SaleRig counted(long price) {
    return new SaleRig(new SaleMode.Counted(new SaleLine("m", "meal", price, 1), 3));
  }

  private static DeclineReason declined(SaleRig rig) {
    return rig.all(SaleEffect.RecordDecline.class).getLast().reason();
  }

  @Test
  void whatIsFreeIsCountedWithoutAskingAnybodyAndShown() {
    var rig = counted(0);
    rig.had.put(SaleRig.CARD + "/0", new MealUse(1, 0));
    assertThat(rig.on(new SaleEvent.Tick())).contains(new SaleEffect.Show(new Screen.TapCard()));

    rig.tap(SaleRig.CARD);
    assertThat(rig.saidApproved()).isFalse();
    var shown = rig.durable();

    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(rig.all(SaleEffect.RecordUse.class)).singleElement().satisfies(use -> assertThat(use.use())
        .isEqualTo(new CardUsed(CardUsed.What.COUNTED, "m", 0, 2, 0, CardTerms.STANDARD)));
    assertThat(shown).contains(new SaleEffect.Show(new Screen.Counted(2, 3)));
  }

  @ParameterizedTest
  @CsvSource({"0", "500"})
  void theDaysLimitHoldsWhetherItIsFreeOrNot(long price) {
    var rig = counted(price);
    rig.had.put(SaleRig.CARD + "/0", new MealUse(3, 0));

    rig.tap(SaleRig.CARD);

    assertThat(declined(rig)).isEqualTo(DeclineReason.LIMIT_DAY_COUNT);
    assertThat(rig.all(SaleEffect.RecordUse.class)).isEmpty();
  }

  @Test
  void inAPeriodThePeriodsLimitHolds() {
    var rig = new SaleRig(SaleSettings.of(new SaleMode.Counted(new SaleLine("m", "meal", 0, 1), 1), "CNY")
        .with(new MealPlan(List.of(LUNCH), 0)));
    rig.had.put(SaleRig.CARD + "/1", new MealUse(1, 0));
    rig.tap(SaleRig.CARD);
    assertThat(rig.durable()).contains(new SaleEffect.Show(new Screen.Counted(2, 2)));

    rig.had.put(SaleRig.OTHER_CARD + "/1", new MealUse(2, 0));
    rig.tap(SaleRig.OTHER_CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.LIMIT_MEAL_COUNT);
  }

  @Test
  void whatCostsSomethingIsPaidAndTheCountStandsInTheRecord() {
    var rig = counted(500);
    rig.had.put(SaleRig.CARD + "/0", new MealUse(1, 500));
    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    assertThat(rig.all(SaleEffect.RecordSale.class).getLast().basket().occasion().count()).isEqualTo(2);
    assertThat(rig.durable()).contains(new SaleEffect.Show(
        new Screen.Approved(500, 4_500, false, List.of(new Screen.Detail.Count(2)))));
  }

  @Test
  void aHandThatHesitatesIsCountedOnce() {
    var rig = counted(0);
    rig.tap(SaleRig.CARD);
    rig.durable();
    rig.after(2_600);
    rig.tap(SaleRig.CARD);
    assertThat(rig.all(SaleEffect.RecordUse.class)).hasSize(1);
    rig.after(5_100);
    rig.tap(SaleRig.CARD);
    assertThat(rig.all(SaleEffect.RecordUse.class)).hasSize(2);
  }

  @Test
  void aCardThatMayNotBeUsedIsNeitherCountedNorTimed() {
    for (var rig : List.of(counted(0), new SaleRig(POOL))) {
      rig.standing = Optional.of(DeclineReason.ACCOUNT_FROZEN);
      rig.tap(SaleRig.CARD);
      assertThat(declined(rig)).isEqualTo(DeclineReason.ACCOUNT_FROZEN);
      rig.on(new SaleEvent.CodePresented(PaymentCode.of(new byte[12], new byte[32])));
      assertThat(rig.all(SaleEffect.Show.class).getLast())
          .isEqualTo(new SaleEffect.Show(new Screen.Declined(DeclineReason.METHOD_UNSUPPORTED)));
      assertThat(rig.all(SaleEffect.RecordUse.class)).isEmpty();
    }
  }

  @Test
  void theFirstTapBeginsATimeAndIsFree() {
    var rig = new SaleRig(POOL);
    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.RecordUse.class)).singleElement().satisfies(use -> assertThat(use.use())
        .isEqualTo(new CardUsed(CardUsed.What.TIME_STARTED, "p", 0, 0, rig.wall, CardTerms.STANDARD)));
    assertThat(rig.durable()).contains(new SaleEffect.Show(new Screen.TimeStarted(400)));
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,400,1", "1,400,1", "30,400,1", "31,800,2", "90,1200,3", "91,1500,4", "6000,1500,200",
      "-90,400,1"})
  void theSecondTapPaysEachUnitThatBeganUpToTheMost(long minutes, long minor, long units) {
    var rig = new SaleRig(POOL);
    rig.visits.put(SaleRig.CARD, new Visit(12, rig.wall - minutes * MINUTE));

    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    var basket = rig.all(SaleEffect.RecordSale.class).getLast().basket();
    assertThat(basket.amountMinor()).isEqualTo(minor);
    assertThat(basket.occasion()).isEqualTo(
        new Occasion(0, 12, rig.wall - minutes * MINUTE, rig.wall, units, 0));
  }

  @Test
  void aTimeThatBeganEndsOutsideThePeriodsTooAndKeepsTheHoldersDiscount() {
    var rig = new SaleRig(SaleSettings.of(POOL, "CNY").with(new MealPlan(List.of(LUNCH), 0)));
    rig.minute = OptionalInt.of(900);
    rig.tap(SaleRig.CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.OUTSIDE_HOURS);

    rig.visits.put(SaleRig.CARD, new Visit(12, rig.wall - 45 * MINUTE));
    rig.terms.put(SaleRig.CARD, new CardTerms(1, 500));
    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    assertThat(rig.durable()).contains(new SaleEffect.Show(new Screen.Approved(400, 4_600, false,
        List.of(new Screen.Detail.Stay(45 * MINUTE), new Screen.Detail.Before(800)))));
  }

  @Test
  void withoutTheTimeOrTheMoneyForAUnitNothingBegins() {
    var rig = new SaleRig(POOL);
    rig.minute = OptionalInt.empty();
    rig.tap(SaleRig.CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.CLOCK_UNKNOWN);

    rig.minute = OptionalInt.of(720);
    rig.balances.put(SaleRig.CARD, 399L);
    rig.tap(SaleRig.CARD);
    assertThat(declined(rig)).isEqualTo(DeclineReason.INSUFFICIENT_BALANCE);
  }
}
