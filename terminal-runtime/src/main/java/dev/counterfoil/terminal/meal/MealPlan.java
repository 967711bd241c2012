package dev.counterfoil.terminal.meal;

import java.util.List;
import java.util.OptionalInt;

/// The meal periods of a terminal and the discount that holds at it.
///
/// @param periods          none that overlap; empty where the terminal knows no meals and sells at any time
/// @param discountPermille off every price at this machine, 0 to 999
public record MealPlan(List<MealPeriod> periods, int discountPermille) {

  /// Makers of canteen terminals know five (breakfast, lunch, supper, night, extra).
  public static final int MOST = 5;
  public static final MealPlan NONE = new MealPlan(List.of(), 0);

  private static final int WHOLE = 1000;

  public MealPlan {
    periods = List.copyOf(periods);
    if (periods.size() > MOST || discountPermille < 0 || discountPermille >= WHOLE) {
      throw new IllegalArgumentException("periods=" + periods.size() + " discount=" + discountPermille);
    }
    for (int i = 0; i < periods.size(); i++) {
      if (periods.subList(0, i).stream().anyMatch(periods.get(i)::overlaps)) {
        throw new IllegalArgumentException("period " + (i + 1) + " overlaps another");
      }
    }
  }

  public boolean hasMeals() {
    return !periods.isEmpty();
  }

  /// Which period it is, counted from 1.
  ///
  /// @param minute of the day, 0 to 1,439
  public OptionalInt at(int minute) {
    for (int i = 0; i < periods.size(); i++) {
      if (periods.get(i).contains(minute)) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /// @param number from 1
  public MealPeriod period(int number) {
    return periods.get(number - 1);
  }

  /// What is to be paid of a price, rounded to the nearest minor unit, half up; never nothing.
  public long discounted(long priceMinor) {
    long rest = Math.multiplyExact(priceMinor, (long) (WHOLE - discountPermille));
    return Math.max(1, (rest + WHOLE / 2) / WHOLE);
  }
}
