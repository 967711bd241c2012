package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.MealRules.Verdict;

/// One tap is one: how many a card had in the meal period, or today where there are none, makes the limit and is shown.
/// What costs nothing is no purchase: no limit of money and no server is asked, only whether the card may be used.
final class CountedTap {

  private final MealPlan plan;
  private final MealRules meals;

  CountedTap(MealPlan plan, MealRules meals) {
    this.plan = plan;
    this.meals = meals;
  }

  Verdict of(SaleMode.Counted mode, Basket basket, CardToken token, SaleDesk desk) {
    return switch (meals.of(basket, token, desk)) {
      case Verdict.Priced(var priced) -> counted(mode, priced, token, desk);
      case Verdict.Refused refused -> refused;
      case Verdict.Used used -> used;
    };
  }

  private Verdict counted(SaleMode.Counted mode, Basket priced, CardToken token, SaleDesk desk) {
    long count = desk.mealUse(token, priced.meal()).taps() + 1;
    int most = priced.meal() == 0 ? mode.mostADay() : plan.period(priced.meal()).mostTaps();
    if (most > 0 && count > most) {
      return new Verdict.Refused(DeclineReason.LIMIT_DAY_COUNT);
    }
    return priced.amountMinor() > 0
        ? new Verdict.Priced(priced.on(Occasion.counted(count)))
        : free(mode.product(), priced, count, most, token, desk);
  }

  private static Verdict free(SaleLine product, Basket priced, long count, int most, CardToken token,
      SaleDesk desk) {
    CardTerms terms = priced.terms();
    return desk.standing(token).<Verdict>map(Verdict.Refused::new).orElseGet(() -> new Verdict.Used(
        new CardUsed(CardUsed.What.COUNTED, product.code(), priced.meal(), count, 0, terms),
        new Screen.Counted(count, most)));
  }
}
