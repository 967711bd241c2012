package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.MealUse;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

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

    /// Nothing is paid now.
    record Used(CardUsed use, Screen result) implements Verdict {}
  }

  /// @param basket what is to be paid, at list prices
  Verdict of(Basket basket, CardToken token, SaleDesk desk) {
    if (basket.isReferenced()) {
      return new Verdict.Priced(basket);
    }
    return inPeriod(basket, desk, desk.terms(token), meal -> desk.mealUse(token, meal));
  }

  /// As [#of] for who pays without a card that this terminal knows: the price of a first tap on standard terms, and what the
  /// period allows one purchase.
  Verdict ofNobody(Basket basket, SaleDesk desk) {
    return basket.isReferenced() ? new Verdict.Priced(basket)
        : inPeriod(basket, desk, CardTerms.STANDARD, _ -> MealUse.NONE);
  }

  private Verdict inPeriod(Basket basket, SaleDesk desk, CardTerms terms, IntFunction<MealUse> had) {
    if (!plan.hasMeals()) {
      return within(priced(basket, 0, 1, terms));
    }
    OptionalInt minute = desk.minuteOfDay();
    if (minute.isEmpty()) {
      return new Verdict.Refused(DeclineReason.CLOCK_UNKNOWN);
    }
    OptionalInt meal = plan.at(minute.getAsInt());
    return meal.isEmpty()
        ? new Verdict.Refused(DeclineReason.OUTSIDE_HOURS)
        : inMeal(basket, meal.getAsInt(), terms, had.apply(meal.getAsInt()));
  }

  private Verdict inMeal(Basket basket, int meal, CardTerms terms, MealUse use) {
    MealPeriod period = plan.period(meal);
    Basket priced = priced(basket, meal, use.taps() + 1, terms);
    long amount = priced.amountMinor();
    if (period.mostTaps() > 0 && use.taps() >= period.mostTaps()) {
      return new Verdict.Refused(DeclineReason.LIMIT_MEAL_COUNT);
    }
    if (period.perTapMinor() > 0 && amount > period.perTapMinor()) {
      return new Verdict.Refused(DeclineReason.LIMIT_PER_TRANSACTION);
    }
    return period.perMealMinor() > 0 && Math.addExact(use.minor(), amount) > period.perMealMinor()
        ? new Verdict.Refused(DeclineReason.LIMIT_MEAL_AMOUNT)
        : within(priced);
  }

  private Verdict within(Basket priced) {
    return priced.amountMinor() > settings.maxAmountMinor()
        ? new Verdict.Refused(DeclineReason.LIMIT_PER_TRANSACTION)
        : new Verdict.Priced(priced);
  }

  private Basket priced(Basket basket, int meal, long tap, CardTerms terms) {
    Basket listed = listed(basket, meal, tap, terms.cardClass());
    return listed.pays(plan.discounted(listed.amountMinor(), terms.discountPermille()), meal, terms);
  }

  /// Only a fixed price differs by class, period and tap; what was keyed or chosen costs what it costs.
  private Basket listed(Basket basket, int meal, long tap, int cardClass) {
    return switch (settings.mode()) {
      case SaleMode.Fixed(var product) -> fixed(product, meal, tap, cardClass);
      case SaleMode.Counted(var product, var _) -> fixed(product, meal, tap, cardClass);
      case SaleMode.Keyed _,SaleMode.Products _,SaleMode.Weighed _,SaleMode.Timed _,SaleMode.Preorder _ ->
        basket;
    };
  }

  private Basket fixed(SaleLine product, int meal, long tap, int cardClass) {
    return Basket.of(List.of(new SaleLine(product.code(), product.name(),
        plan.fixedPrice(meal, cardClass, tap, product.unitPriceMinor()), 1)), "");
  }

  /// What a card pays for something that it began when it was allowed to: no period closes it.
  Basket toTheEnd(Basket basket, CardToken token, SaleDesk desk) {
    return priced(basket, mealNow(desk).orElse(0), 1, desk.terms(token));
  }

  /// What the glass says of a price before a card comes: that of a first tap on standard terms.
  Screen shown(Basket basket, SaleDesk desk) {
    if (basket.isReferenced()) {
      return new Screen.PresentCard(basket.amountMinor());
    }
    OptionalInt meal = mealNow(desk);
    return plan.hasMeals() && meal.isEmpty() ? new Screen.Rejected(Screen.Mistake.CLOSED)
        : prompt(priced(basket, meal.orElse(0), 1, CardTerms.STANDARD).amountMinor());
  }

  /// What is free now, or is priced when it ends, has no price to show.
  private Screen prompt(long amountMinor) {
    return amountMinor == 0 || settings.mode() instanceof SaleMode.Timed ? new Screen.TapCard()
        : new Screen.PresentCard(amountMinor);
  }

  /// What coins and notes must pay: the price that the glass shows. They may pay outside the periods too.
  Basket inCash(Basket basket, SaleDesk desk) {
    return basket.isReferenced() ? basket
        : priced(basket, mealNow(desk).orElse(0), 1, CardTerms.STANDARD);
  }

  private OptionalInt mealNow(SaleDesk desk) {
    OptionalInt minute = desk.minuteOfDay();
    return minute.isEmpty() ? minute : plan.at(minute.getAsInt());
  }
}
