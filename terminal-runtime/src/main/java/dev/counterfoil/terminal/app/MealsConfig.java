package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.ClassPrice;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import java.util.ArrayList;
import java.util.List;

/// Reads `[[terminal.meals]]`, `[[terminal.classes]]` and `terminal.discount-percent` of `terminal.toml`.
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
    return new MealPlan(periods, discount, classes(terminal, most));
  }

  /// Prices of classes of cards, `[[terminal.classes]]` and `[[terminal.meals.classes]]`.
  private static List<ClassPrice> classes(ConfigTable of, long most) throws ConfigException {
    var classes = new ArrayList<ClassPrice>();
    for (ConfigTable table : of.tables("classes")) {
      int number = table.integer("class", 0, 1, CardTerms.MOST_CLASS);
      if (classes.stream().anyMatch(other -> other.cardClass() == number)) {
        throw table.wrong(Code.CONFIG_CONFLICT, "class", number + " stands twice");
      }
      List<Long> prices = table.amounts("prices", 1, most);
      if (prices.isEmpty()) {
        throw table.wrong(Code.CONFIG_MISSING, "prices", "must be a list of at least one price");
      }
      table.finish();
      classes.add(new ClassPrice(number, prices));
    }
    return classes;
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
        table.amount("per-meal", 0, 0, most), classes(table, most));
    table.finish();
    return period;
  }
}
