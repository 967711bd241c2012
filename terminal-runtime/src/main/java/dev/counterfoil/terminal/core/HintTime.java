package dev.counterfoil.terminal.core;

import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleState;
import dev.counterfoil.terminal.sale.Screen;

/// A word to a customer that is no result stands as long as one, unless something else is done: several cards at once, a
/// foreign code, no price yet. Without this the next look at the clock, whoever wanted it, would wipe it off the glass.
final class HintTime {

  private static final long NONE = Long.MAX_VALUE;

  private final long millis;
  private long untilMillis = NONE;

  /// @param millis how long a hint stands
  HintTime(long millis) {
    this.millis = millis;
  }

  /// Something is shown.
  ///
  /// @param after where the sale stands then
  void shown(Screen screen, SaleState after, long now) {
    untilMillis = isHint(screen) && waits(after) ? now + millis : NONE;
  }

  private static boolean isHint(Screen screen) {
    return screen instanceof Screen.SeveralCards || screen instanceof Screen.Rejected
        || screen instanceof Screen.CardRefused || screen instanceof Screen.Declined;
  }

  private static boolean waits(SaleState state) {
    return state instanceof SaleState.Entering || state instanceof SaleState.Armed;
  }

  /// Whether the hint on the glass stays although this happened: only the clock was looked at, and changed nothing.
  boolean outlives(SaleEvent event, SaleState before, SaleState after, long now) {
    return event instanceof SaleEvent.Tick && before.equals(after) && untilMillis != NONE
        && now < untilMillis;
  }

  /// When the hint is over; `Long.MAX_VALUE` if there is none.
  long untilMillis() {
    return untilMillis;
  }
}
