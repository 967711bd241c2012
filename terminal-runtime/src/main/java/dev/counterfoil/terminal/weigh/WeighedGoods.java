package dev.counterfoil.terminal.weigh;

import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;

/// What the scale said last, and what may be charged for it. A price comes from a weight only that lies still, is within
/// the scale's range and is fresh; everything else has a stable code and no price. Pure: takes the time it is given.
///
/// @param weight   as the scale said last
/// @param atMillis when it did, monotonic milliseconds
/// @param fault    the code of what is wrong with the scale; empty if nothing is
/// @param sold     what lies there is sold, and nothing was taken off since
public record WeighedGoods(Weight weight, long atMillis, String fault, boolean sold) {

  /// A weight that is older was of other goods. The scale is read ten times a second.
  public static final long FRESH_MILLIS = 1_000;

  /// Before the scale has said anything.
  public static final WeighedGoods NOTHING = new WeighedGoods(new Weight(0, Weight.State.MOVING),
      Long.MIN_VALUE / 2, Problem.SCALE_MISSING.name(), false);

  private static final long GRAMS_PER_KILOGRAM = 1_000;

  /// Why there is no price. The names are stable codes.
  public enum Problem {
    /// The scale does not work; its own code says why.
    SCALE_MISSING,
    /// The scale has said nothing for [WeighedGoods#FRESH_MILLIS].
    SCALE_STALE,
    /// More than the scale can carry.
    SCALE_OVERLOAD,
    /// Below nought: set the tare anew.
    SCALE_NEGATIVE,
    /// Still changing: wait.
    SCALE_UNSTABLE,
    /// Nothing lies there.
    SCALE_EMPTY,
    /// Less than is sold, or worth nothing.
    SCALE_TOO_LIGHT,
    /// What lies there is sold: it must be taken off before anything else is.
    SCALE_SOLD,
    /// It was another weight when the card was presented.
    SCALE_CHANGED
  }

  /// What came of asking for a price.
  public sealed interface Answer {

    /// @param amountMinor price of these grams, minor units
    record Priced(long grams, long amountMinor) implements Answer {}

    record NoPrice(Problem problem) implements Answer {}
  }

  /// After one more event.
  public WeighedGoods after(ScaleEvent event) {
    return switch (event) {
      case ScaleEvent.Weighed(var next, var at) -> new WeighedGoods(next, at, "", sold && !isClear(next));
      case ScaleEvent.ScaleFault(var broken) -> new WeighedGoods(weight, atMillis, broken.code().name(), sold);
      // It works, but what it said before is no weight of now.
      case ScaleEvent.ScaleRecovered() -> new WeighedGoods(NOTHING.weight, NOTHING.atMillis, "", sold);
    };
  }

  /// Nothing lies there any more, or less than at the tare.
  private static boolean isClear(Weight weight) {
    return switch (weight.state()) {
      case STABLE -> weight.grams() == 0;
      case NEGATIVE -> true;
      case MOVING, OVERLOADED -> false;
    };
  }

  /// After what lies there was sold.
  public WeighedGoods afterSale() {
    return new WeighedGoods(weight, atMillis, fault, true);
  }

  /// Whether the scale has said nothing for too long.
  public boolean isStale(long now) {
    return now - atMillis > FRESH_MILLIS;
  }

  /// As [#price], of what may be sold by itself: heavy enough, and not sold already.
  ///
  /// @param leastGrams lightest that is sold
  public Answer priceOf(long perKilogramMinor, long leastGrams, long now) {
    var answer = price(perKilogramMinor, now);
    if (!(answer instanceof Answer.Priced(var grams, var amount))) {
      return answer;
    }
    if (sold) {
      return new Answer.NoPrice(Problem.SCALE_SOLD);
    }
    return grams < leastGrams || amount == 0 ? new Answer.NoPrice(Problem.SCALE_TOO_LIGHT) : answer;
  }

  /// The price, rounded half up to the minor unit.
  ///
  /// @param perKilogramMinor price of 1,000 g, minor units, above 0
  /// @param now              monotonic milliseconds
  /// @throws ArithmeticException if the price does not fit a long
  public Answer price(long perKilogramMinor, long now) {
    if (!fault.isEmpty()) {
      return new Answer.NoPrice(Problem.SCALE_MISSING);
    }
    if (isStale(now)) {
      return new Answer.NoPrice(Problem.SCALE_STALE);
    }
    return switch (weight.state()) {
      case OVERLOADED -> new Answer.NoPrice(Problem.SCALE_OVERLOAD);
      case NEGATIVE -> new Answer.NoPrice(Problem.SCALE_NEGATIVE);
      case MOVING -> new Answer.NoPrice(Problem.SCALE_UNSTABLE);
      case STABLE -> weight.grams() == 0
          ? new Answer.NoPrice(Problem.SCALE_EMPTY)
          : new Answer.Priced(weight.grams(), Math.addExact(
              Math.multiplyExact(weight.grams(), perKilogramMinor), GRAMS_PER_KILOGRAM / 2)
              / GRAMS_PER_KILOGRAM);
    };
  }
}
