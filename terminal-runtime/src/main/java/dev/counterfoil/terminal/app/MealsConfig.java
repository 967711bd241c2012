package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import java.util.ArrayList;
import java.util.List;

/// Reads `[[terminal.meals]]` and `terminal.discount-percent` of `terminal.toml`.
final class MealsConfig {

  private static final int PERMILLE = 10;
  private static final int MOST_DISCOUNT = 99;

  private MealsConfig() {}

  /// @param most dearest amount that may be set, minor units
  static MealPlan read(ConfigTable terminal, long most) throws ConfigException {
    int discount = PERMILLE * terminal.integer("discount-percent", 0, 0, MOST_DISCOUNT);
    var periods = new ArrayList<MealPeriod>();
    for (ConfigTable table : terminal.tables("meals")) {
      MealPeriod period = period(table, most);
      if (periods.stream().anyMatch(period::overlaps)) {
        throw table.wrong(Code.CONFIG_CONFLICT, "from", "lies in another period of the day");
      }
      if (periods.size() == MealPlan.MOST) {
        throw table.wrong(Code.CONFIG_NOT_ALLOWED, "from", "is the sixth, allowed are " + MealPlan.MOST);
      }
      periods.add(period);
    }
    return new MealPlan(periods, discount);
  }

  private static MealPeriod period(ConfigTable table, long most) throws ConfigException {
    int from = table.minuteOfDay("from");
    int until = table.minuteOfDay("until");
    if (until <= from) {
      throw table.wrong(Code.CONFIG_CONFLICT, "until",
          "must be later than `from`; write two periods for a meal"
              + " that crosses midnight");
    }
    List<Long> prices = table.amounts("prices", 1, most);
    var period = new MealPeriod(table.text("name", ""), from, until, prices,
        table.integer("most-taps", 0, 0, MealPeriod.MOST_TAPS), table.amount("per-tap", 0, 0, most),
        table.amount("per-meal", 0, 0, most));
    table.finish();
    return period;
  }
}
