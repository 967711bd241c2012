package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.OrderedMeals.Found;
import dev.counterfoil.terminal.sale.MealRules.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A tap collects what its holder has ordered for the running meal period of today, and nothing else. What was agreed when
/// it was ordered is what is paid: no price, discount or limit of the period changes it.
final class OrderedTap {

  private final SaleSettings settings;
  private final MealPlan plan;

  OrderedTap(SaleSettings settings) {
    this.settings = settings;
    this.plan = settings.meals();
  }

  Verdict of(CardToken token, SaleDesk desk) {
    OptionalInt minute = desk.minuteOfDay();
    Optional<LocalDate> today = desk.today();
    if (minute.isEmpty() || today.isEmpty()) {
      return new Verdict.Refused(DeclineReason.CLOCK_UNKNOWN);
    }
    OptionalInt meal = plan.at(minute.getAsInt());
    if (meal.isEmpty()) {
      return new Verdict.Refused(DeclineReason.OUTSIDE_HOURS);
    }
    return switch (desk.ordered(token).of(today.get(), meal.getAsInt())) {
      case Found.Open(var order) -> collects(order, token, desk);
      case Found.Collected() -> new Verdict.Refused(DeclineReason.ORDER_COLLECTED);
      case Found.Nothing() -> new Verdict.Refused(DeclineReason.ORDER_NONE);
    };
  }

  private Verdict collects(MealOrder order, CardToken token, SaleDesk desk) {
    if (order.totalMinor() > settings.maxAmountMinor()) {
      return new Verdict.Refused(DeclineReason.LIMIT_PER_TRANSACTION);
    }
    Basket basket = Basket.of(List.of(line(order)), "").collects(order.period(), order.number());
    if (order.totalMinor() > 0) {
      return new Verdict.Priced(basket);
    }
    return desk.standing(token).<Verdict>map(Verdict.Refused::new).orElseGet(() -> new Verdict.Used(
        new CardUsed(CardUsed.What.ORDER, "", order.period(), 0, 0, CardTerms.STANDARD, basket),
        new Screen.Collected(order.dish(), order.copies())));
  }

  /// Copies whose total cannot be shared evenly are one position, which says how many it is.
  private static SaleLine line(MealOrder order) {
    return order.totalMinor() % order.copies() == 0
        ? new SaleLine("", order.dish(), order.totalMinor() / order.copies(), order.copies())
        : new SaleLine("", order.dish() + " x" + order.copies(), order.totalMinor(), 1);
  }
}
