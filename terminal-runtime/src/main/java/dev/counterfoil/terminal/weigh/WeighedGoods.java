package dev.counterfoil.terminal.weigh;

import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;

/// What the scale said last, and what may be charged for it. A price comes from a weight only that lies still, is within
/// the scale's range and is fresh; everything else has a stable code and no price. Pure: takes the time it is given.
///
/// @param weight   as the scale said last
/// @param atMillis when it did, monotonic milliseconds
/// @param fault    the code of what is wrong with the scale; empty if nothing is
public record WeighedGoods(Weight weight, long atMillis, String fault) {

  /// A weight that is older was of other goods. The scale is read ten times a second.
  public static final long FRESH_MILLIS = 1_000;

  /// Before the scale has said anything.
  public static final WeighedGoods NOTHING = new WeighedGoods(new Weight(0, Weight.State.MOVING),
      Long.MIN_VALUE / 2, Problem.SCALE_MISSING.name());

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
    SCALE_EMPTY
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
      case ScaleEvent.Weighed(var next, var at) -> new WeighedGoods(next, at, "");
      case ScaleEvent.ScaleFault(var broken) -> new WeighedGoods(weight, atMillis, broken.code().name());
      // It works, but what it said before is no weight of now.
      case ScaleEvent.ScaleRecovered() -> new WeighedGoods(NOTHING.weight, NOTHING.atMillis, "");
    };
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
    if (now - atMillis > FRESH_MILLIS) {
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
