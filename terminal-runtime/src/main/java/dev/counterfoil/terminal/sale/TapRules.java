package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.MealRules.Verdict;

/// What the tap of a card is at this terminal: a price to pay, or a use that is free or paid later. Pure, as [SaleMachine].
final class TapRules {

  private final SaleSettings settings;
  private final MealRules meals;
  private final CountedTap counted;
  private final TimedTap timed;
  private final OrderedTap ordered;

  TapRules(SaleSettings settings, MealRules meals) {
    this.settings = settings;
    this.meals = meals;
    this.counted = new CountedTap(settings.meals(), meals);
    this.timed = new TimedTap(meals);
    this.ordered = new OrderedTap(settings);
  }

  /// @param basket what is to be paid, at list prices
  Verdict of(Basket basket, CardToken token, SaleDesk desk) {
    if (basket.isReferenced()) {
      return meals.of(basket, token, desk);
    }
    return switch (settings.mode()) {
      case SaleMode.Counted mode -> counted.of(mode, basket, token, desk);
      case SaleMode.Timed mode -> timed.of(mode, token, desk);
      case SaleMode.Preorder _ -> ordered.of(token, desk);
      case SaleMode.Keyed _,SaleMode.Fixed _,SaleMode.Products _,SaleMode.Weighed _ ->
        meals.of(basket, token, desk);
    };
  }

  /// As [#of] for who pays without a card that this terminal knows: uses are counted and timed, and meals ordered, by card.
  Verdict ofNobody(Basket basket, SaleDesk desk) {
    if (basket.isReferenced()) {
      return meals.ofNobody(basket, desk);
    }
    return switch (settings.mode()) {
      case SaleMode.Counted _,SaleMode.Timed _,SaleMode.Preorder _ ->
        new Verdict.Refused(DeclineReason.METHOD_UNSUPPORTED);
      case SaleMode.Keyed _,SaleMode.Fixed _,SaleMode.Products _,SaleMode.Weighed _ ->
        meals.ofNobody(basket, desk);
    };
  }
}
