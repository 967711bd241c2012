package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.terminal.meal.OrderedMeals;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A counter where only what was ordered is handed out: lunch is period 2, from 11:00 to 13:30.
class OrderedTapTest {

  private static final MealPlan PLAN = new MealPlan(
      List.of(new MealPeriod("", 360, 540, List.of(), 0, 0, 0),
          new MealPeriod("", 660, 810, List.of(700L), 1, 800, 900)),
      500);

  private final SaleRig rig = new SaleRig(SaleSettings.of(new SaleMode.Preorder(), "CNY").with(PLAN));

  private void ordered(int copies, long total, boolean collected) {
    rig.ordered = new OrderedMeals(
        List.of(new MealOrder(9, SaleRig.TODAY, 2, copies, total, "红烧肉", collected)), 0, new TreeMap<>());
  }

  private DeclineReason declined() {
    return rig.all(SaleEffect.RecordDecline.class).getLast().reason();
  }

  @Test
  void theAgreedTotalIsPaidWhateverThePeriodAndTheCardWouldMakeOfIt() {
    ordered(3, 4_500, false);
    rig.terms.put(SaleRig.CARD, new CardTerms(2, 250));
    rig.had.put(SaleRig.CARD + "/2", new MealUse(1, 900));
    rig.online = false;
    assertThat(rig.on(new SaleEvent.Tick())).contains(new SaleEffect.Show(new Screen.TapCard()));

    rig.tap(SaleRig.CARD);
    var shown = rig.durable();

    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement().satisfies(sale -> {
      assertThat(sale.basket().amountMinor()).isEqualTo(4_500);
      assertThat(sale.basket().originalMinor()).isEqualTo(4_500);
      assertThat(sale.basket().lines()).containsExactly(new SaleLine("", "红烧肉", 1_500, 3));
      assertThat(sale.basket().meal()).isEqualTo(2);
      assertThat(sale.basket().occasion().order()).isEqualTo(9);
    });
    assertThat(shown).contains(new SaleEffect.Show(
        new Screen.Approved(4_500, 500, true, List.of(new Screen.Detail.Dish("红烧肉", 3)))));
  }

  @Test
  void theServerIsAskedAboutTheOrder() {
    ordered(1, 1_350, false);

    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.Authorize.class)).singleElement().satisfies(question -> {
      assertThat(question.order()).isEqualTo(9);
      assertThat(question.amountMinor()).isEqualTo(1_350);
    });
  }

  @Test
  void aTotalThatCannotBeSharedEvenlyIsOnePosition() {
    ordered(3, 1_000, false);

    rig.tap(SaleRig.CARD);

    assertThat(rig.state).isInstanceOfSatisfying(SaleState.Asking.class, asking -> assertThat(
        asking.basket().lines()).containsExactly(new SaleLine("", "红烧肉 x3", 1_000, 1)));
  }

  @Test
  void whatIsFreeIsHandedOutWithoutAskingAnybody() {
    ordered(2, 0, false);

    rig.tap(SaleRig.CARD);
    assertThat(rig.saidApproved()).isFalse();
    var shown = rig.durable();

    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(rig.all(SaleEffect.RecordUse.class)).singleElement().satisfies(use -> {
      assertThat(use.use().what()).isEqualTo(CardUsed.What.ORDER);
      assertThat(use.use().goods().occasion().order()).isEqualTo(9);
      assertThat(use.use().goods().lines()).containsExactly(new SaleLine("", "红烧肉", 0, 2));
    });
    assertThat(shown).contains(new SaleEffect.Show(new Screen.Collected("红烧肉", 2)));
  }

  @Test
  void aFreeMealTooIsOnlyForACardThatMayBeUsed() {
    ordered(1, 0, false);
    rig.standing = Optional.of(DeclineReason.ACCOUNT_FROZEN);

    rig.tap(SaleRig.CARD);

    assertThat(declined()).isEqualTo(DeclineReason.ACCOUNT_FROZEN);
  }

  @Test
  void everybodyElseIsRefusedWithTheReason() {
    rig.tap(SaleRig.CARD);
    assertThat(declined()).isEqualTo(DeclineReason.ORDER_NONE);
    assertThat(declined().number()).isEqualTo(3);

    ordered(1, 1_350, true);
    rig.now += 10_000;
    rig.on(new SaleEvent.Tick());
    rig.tap(SaleRig.CARD);
    assertThat(declined()).isEqualTo(DeclineReason.ORDER_COLLECTED);
    assertThat(declined().number()).isEqualTo(4);

    ordered(1, 1_350, false);
    rig.now += 10_000;
    rig.on(new SaleEvent.Tick());
    rig.minute = OptionalInt.of(820);
    rig.tap(SaleRig.CARD);
    assertThat(declined()).isEqualTo(DeclineReason.OUTSIDE_HOURS);

    rig.now += 10_000;
    rig.on(new SaleEvent.Tick());
    rig.minute = OptionalInt.empty();
    rig.tap(SaleRig.CARD);
    assertThat(declined()).isEqualTo(DeclineReason.CLOCK_UNKNOWN);
  }

  @Test
  void tomorrowsOrderIsNotTodays() {
    rig.ordered = new OrderedMeals(
        List.of(new MealOrder(9, LocalDate.of(2026, 11, 24), 2, 1, 0, "粥", false)), 0, new TreeMap<>());

    rig.tap(SaleRig.CARD);

    assertThat(declined()).isEqualTo(DeclineReason.ORDER_NONE);
  }

  @Test
  void aCodeCollectsNothing() {
    ordered(1, 1_350, false);

    rig.on(new SaleEvent.CodePresented(PaymentCode.of(new byte[12], new byte[32])));

    assertThat(rig.all(SaleEffect.AuthorizeCode.class)).isEmpty();
  }
}
