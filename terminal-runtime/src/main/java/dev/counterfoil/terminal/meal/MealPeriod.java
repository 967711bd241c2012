package dev.counterfoil.terminal.meal;

import java.util.List;
import java.util.OptionalLong;

/// A part of every day in which a canteen serves one meal.
///
/// @param name         what a person reads; may be empty
/// @param fromMinute   first minute of the day that belongs to it, 0 to 1,439
/// @param untilMinute  first that does not, at most 1,440: a period does not cross midnight
/// @param pricesMinor  fixed price of a card's first, second, third … tap, of which the last holds for all further ones; empty
///                     where the terminal's own price holds, minor units
/// @param mostTaps     how often one card pays here in it, 1 to 99; 0 for any number
/// @param perTapMinor  dearest single purchase, minor units; 0 for none
/// @param perMealMinor what one card may spend here in it, minor units; 0 for any sum
/// @param classes      classes of cards that pay something else than `pricesMinor`
public record MealPeriod(String name, int fromMinute, int untilMinute, List<Long> pricesMinor, int mostTaps,
    long perTapMinor, long perMealMinor, List<ClassPrice> classes) {

  public static final int MOST_TAPS = 99;
  static final int DAY = 24 * 60;

  public MealPeriod {
    pricesMinor = List.copyOf(pricesMinor);
    classes = List.copyOf(classes);
    if (fromMinute < 0 || fromMinute >= untilMinute || untilMinute > DAY) {
      throw new IllegalArgumentException("from=" + fromMinute + " until=" + untilMinute);
    }
    if (mostTaps < 0 || mostTaps > MOST_TAPS) {
      throw new IllegalArgumentException("mostTaps=" + mostTaps);
    }
  }

  /// A period in which all classes of cards pay the same.
  public MealPeriod(String name, int fromMinute, int untilMinute, List<Long> pricesMinor, int mostTaps,
      long perTapMinor, long perMealMinor) {
    this(name, fromMinute, untilMinute, pricesMinor, mostTaps, perTapMinor, perMealMinor, List.of());
  }

  boolean contains(int minute) {
    return minute >= fromMinute && minute < untilMinute;
  }

  public boolean overlaps(MealPeriod other) {
    return fromMinute < other.untilMinute && other.fromMinute < untilMinute;
  }

  /// What is fixed here for a card: the price of its class before that of everybody.
  ///
  /// @param tap 1 for a card's first in it
  /// @return empty where this period fixes no price for it
  OptionalLong priceOf(int cardClass, long tap) {
    for (ClassPrice price : classes) {
      if (price.cardClass() == cardClass) {
        return OptionalLong.of(ClassPrice.ofTap(price.pricesMinor(), tap));
      }
    }
    return pricesMinor.isEmpty() ? OptionalLong.empty()
        : OptionalLong.of(ClassPrice.ofTap(pricesMinor, tap));
  }
}
