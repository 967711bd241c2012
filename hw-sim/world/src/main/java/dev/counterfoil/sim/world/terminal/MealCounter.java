package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.util.List;
import java.util.stream.IntStream;

/// A counter of the town that hands out ordered meals only, in a few hours' meals that fill the day.
public final class MealCounter {

  /// Meals of a day.
  public static final int MEALS = 5;

  private static final int MINUTES = 24 * 60 / MEALS;
  private static final MealPlan PLAN = new MealPlan(
      IntStream.range(0, MEALS)
          .mapToObj(meal -> new MealPeriod("", meal * MINUTES, (meal + 1) * MINUTES, List.of(), 0, 0, 0))
          .toList(),
      0);

  private MealCounter() {}

  static SaleSettings settings(String currency) {
    return SaleSettings.of(new SaleMode.Preorder(), currency).with(PLAN);
  }

  /// Number of the meal at a time of the day.
  public static int mealAt(long millisOfDay) {
    return PLAN.at(Math.toIntExact(millisOfDay / 60_000)).orElseThrow();
  }
}
