package dev.counterfoil.terminal.meal;

import java.util.List;

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
public record MealPeriod(String name, int fromMinute, int untilMinute, List<Long> pricesMinor, int mostTaps,
    long perTapMinor, long perMealMinor) {

  public static final int MOST_TAPS = 99;
  static final int DAY = 24 * 60;

  public MealPeriod {
    pricesMinor = List.copyOf(pricesMinor);
    if (fromMinute < 0 || fromMinute >= untilMinute || untilMinute > DAY) {
      throw new IllegalArgumentException("from=" + fromMinute + " until=" + untilMinute);
    }
    if (mostTaps < 0 || mostTaps > MOST_TAPS) {
      throw new IllegalArgumentException("mostTaps=" + mostTaps);
    }
  }

  boolean contains(int minute) {
    return minute >= fromMinute && minute < untilMinute;
  }

  public boolean overlaps(MealPeriod other) {
    return fromMinute < other.untilMinute && other.fromMinute < untilMinute;
  }

  /// @param tap      1 for a card's first in it
  /// @param standard what it costs where this period has no price of its own
  public long priceOf(long tap, long standard) {
    return pricesMinor.isEmpty() ? standard
        : pricesMinor.get((int) Math.min(tap, pricesMinor.size()) - 1);
  }
}
