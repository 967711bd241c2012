package dev.counterfoil.terminal.meal;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The meal periods of a terminal and the discount that holds at it.
///
/// @param periods          none that overlap; empty where the terminal knows no meals and sells at any time
/// @param discountPermille off every price at this machine, 0 to 999
/// @param classes          classes of cards that pay something else than the terminal's own price, in periods that fix none
///                         for them and without periods
public record MealPlan(List<MealPeriod> periods, int discountPermille, List<ClassPrice> classes) {

  /// Makers of canteen terminals know five (breakfast, lunch, supper, night, extra).
  public static final int MOST = 5;
  public static final MealPlan NONE = new MealPlan(List.of(), 0);

  static final int WHOLE = 1000;

  public MealPlan {
    periods = List.copyOf(periods);
    classes = List.copyOf(classes);
    if (periods.size() > MOST || discountPermille < 0 || discountPermille >= WHOLE) {
      throw new IllegalArgumentException("periods=" + periods.size() + " discount=" + discountPermille);
    }
    for (int i = 0; i < periods.size(); i++) {
      if (periods.subList(0, i).stream().anyMatch(periods.get(i)::overlaps)) {
        throw new IllegalArgumentException("period " + (i + 1) + " overlaps another");
      }
    }
  }

  /// A plan in which all classes of cards pay the same.
  public MealPlan(List<MealPeriod> periods, int discountPermille) {
    this(periods, discountPermille, List.of());
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

  /// What is fixed for a card: the period's price for its class, the period's for everybody, the terminal's for its class,
  /// the terminal's for everybody; the first of them that there is.
  ///
  /// @param meal     number of the period, from 1; 0 for none
  /// @param tap      1 for a card's first in it
  /// @param standard the terminal's own price, minor units
  public long fixedPrice(int meal, int cardClass, long tap, long standard) {
    return (meal == 0 ? OptionalLong.empty() : period(meal).priceOf(cardClass, tap))
        .orElseGet(() -> ofClass(cardClass, tap, standard));
  }

  private long ofClass(int cardClass, long tap, long standard) {
    return classes.stream().filter(price -> price.cardClass() == cardClass).findFirst()
        .map(price -> ClassPrice.ofTap(price.pricesMinor(), tap)).orElse(standard);
  }

  /// What is to be paid of a price: price x (1 - machine's discount) x (1 - holder's discount), rounded once, on that
  /// product, half up to the minor unit; never nothing of something.
  ///
  /// @param priceMinor       0 or more
  /// @param personalPermille the holder's own, 0 to 999
  public long discounted(long priceMinor, int personalPermille) {
    long share = (long) (WHOLE - discountPermille) * (WHOLE - personalPermille);
    long rest = Math.multiplyExact(priceMinor, share);
    long whole = (long) WHOLE * WHOLE;
    return Math.max(Math.min(1, priceMinor), Math.addExact(rest, whole / 2) / whole);
  }
}
