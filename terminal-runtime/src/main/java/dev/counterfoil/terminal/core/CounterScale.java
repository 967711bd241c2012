package dev.counterfoil.terminal.core;

import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.weigh.WeighedGoods;

/// What lies on the scale of a counter, what it was when somebody presented something, and when it is too old to be shown.
/// Times are the core's boot milliseconds: a weight counts from when the core heard of it.
final class CounterScale {

  private static final long NEVER = Long.MAX_VALUE;

  private WeighedGoods goods = WeighedGoods.NOTHING;
  private Weight atTap = WeighedGoods.NOTHING.weight();

  /// The scale said something.
  ///
  /// @return whether a glass that shows it must change; a scale says the same ten times a second
  boolean heard(ScaleEvent event, long now) {
    WeighedGoods before = goods;
    goods = before.after(event instanceof ScaleEvent.Weighed(var weight, var _)
        ? new ScaleEvent.Weighed(weight, now)
        : event);
    return !goods.weight().equals(before.weight()) || !goods.fault().equals(before.fault())
        || goods.sold() != before.sold() || before.isStale(now);
  }

  /// A card or code is presented now; what it pays for must still lie there when the rest is known of it.
  void presented() {
    atTap = goods.weight();
  }

  Weight atTap() {
    return atTap;
  }

  /// What lies there is paid.
  void sold() {
    goods = goods.afterSale();
  }

  WeighedGoods.Answer price(long perKilogramMinor, long leastGrams, long now) {
    return goods.priceOf(perKilogramMinor, leastGrams, now);
  }

  /// The code of what is wrong with it; empty if nothing is.
  String fault() {
    return goods.fault();
  }

  /// When the weight that is shown becomes too old; `Long.MAX_VALUE` if it is so already.
  long staleAt(long now) {
    return goods.isStale(now) ? NEVER : goods.atMillis() + WeighedGoods.FRESH_MILLIS + 1;
  }
}
