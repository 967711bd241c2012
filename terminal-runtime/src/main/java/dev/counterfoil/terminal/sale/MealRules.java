package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.MealUse;
import java.util.List;
import java.util.OptionalInt;

/// What a card pays in a meal period, and whether it may: checked before the server or the offline policy is asked, whose
/// limits hold besides. A till prices its own baskets. Pure, as [SaleMachine].
final class MealRules {

  private final SaleSettings settings;
  private final MealPlan plan;

  MealRules(SaleSettings settings) {
    this.settings = settings;
    this.plan = settings.meals();
  }

  sealed interface Verdict {

    record Priced(Basket basket) implements Verdict {}

    record Refused(DeclineReason reason) implements Verdict {}
  }

  /// @param basket what is to be paid, at list prices
  Verdict of(Basket basket, CardToken token, SaleDesk desk) {
    if (basket.isReferenced()) {
      return new Verdict.Priced(basket);
    }
    if (!plan.hasMeals()) {
      return new Verdict.Priced(discounted(basket, 0));
    }
    OptionalInt minute = desk.minuteOfDay();
    if (minute.isEmpty()) {
      return new Verdict.Refused(DeclineReason.CLOCK_UNKNOWN);
    }
    OptionalInt meal = plan.at(minute.getAsInt());
    return meal.isEmpty()
        ? new Verdict.Refused(DeclineReason.OUTSIDE_HOURS)
        : inMeal(basket, meal.getAsInt(), desk.mealUse(token, meal.getAsInt()));
  }

  private Verdict inMeal(Basket basket, int meal, MealUse use) {
    MealPeriod period = plan.period(meal);
    Basket priced = discounted(listed(basket, period, use.taps() + 1), meal);
    long amount = priced.amountMinor();
    if (period.mostTaps() > 0 && use.taps() >= period.mostTaps()) {
      return new Verdict.Refused(DeclineReason.LIMIT_MEAL_COUNT);
    }
    if (period.perTapMinor() > 0 && amount > period.perTapMinor() || amount > settings.maxAmountMinor()) {
      return new Verdict.Refused(DeclineReason.LIMIT_PER_TRANSACTION);
    }
    return period.perMealMinor() > 0 && Math.addExact(use.minor(), amount) > period.perMealMinor()
        ? new Verdict.Refused(DeclineReason.LIMIT_MEAL_AMOUNT)
        : new Verdict.Priced(priced);
  }

  /// Only a fixed price differs by period and tap; what was keyed or chosen costs what it costs.
  private Basket listed(Basket basket, MealPeriod period, long tap) {
    return settings.mode() instanceof SaleMode.Fixed(var product)
        ? Basket.of(List.of(new SaleLine(product.code(), product.name(),
            period.priceOf(tap, product.unitPriceMinor()), 1)), "")
        : basket;
  }

  private Basket discounted(Basket basket, int meal) {
    return basket.pays(plan.discounted(basket.amountMinor()), meal);
  }

  /// What the glass says of a price before a card comes: that of a first tap.
  Screen shown(Basket basket, SaleDesk desk) {
    if (basket.isReferenced() || !plan.hasMeals()) {
      return new Screen.PresentCard(
          basket.isReferenced() ? basket.amountMinor() : plan.discounted(basket.amountMinor()));
    }
    OptionalInt meal = desk.minuteOfDay().isEmpty() ? OptionalInt.empty()
        : plan.at(desk.minuteOfDay().getAsInt());
    return meal.isEmpty() ? new Screen.Rejected(Screen.Mistake.CLOSED)
        : new Screen.PresentCard(
            discounted(listed(basket, plan.period(meal.getAsInt()), 1), meal.getAsInt()).amountMinor());
  }
}
