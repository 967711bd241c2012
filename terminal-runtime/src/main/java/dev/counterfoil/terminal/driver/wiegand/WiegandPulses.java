package dev.counterfoil.terminal.driver.wiegand;

import dev.counterfoil.terminal.driver.wiegand.WiegandFrame.Reading;
import java.util.Optional;

/// Collects pulses into frames by their time stamps. Pure but for the frame it collects.
///
/// Only the silence behind a frame is told from the stamps. Those of the kernel are exact, but a library without them stamps
/// where it calls back, which may be in bunches, so that pulses 2 ms apart can seem to be 30 microseconds apart (measured).
/// The ringing of a cable shows as bits too many.
final class WiegandPulses {

  private static final int MOST_BITS = 64;
  private static final long MICROS_PER_MILLI = 1_000;

  private final WiegandSettings settings;
  private int count;
  private long bits;
  private long lastMicros;
  private String damage = "";

  WiegandPulses(WiegandSettings settings) {
    this.settings = settings;
  }

  /// A falling edge.
  ///
  /// @param one  on D1, else on D0
  /// @param at   when, microseconds, never before the last one's
  /// @return the frame before this pulse, if its silence is over now
  Optional<Reading> pulse(boolean one, long at) {
    var before = silence(at);
    bits = count < MOST_BITS ? bits << 1 | (one ? 1 : 0) : bits;
    count++;
    lastMicros = at;
    return before;
  }

  /// Pulses were lost on the way here.
  void lost() {
    damage = "pulses were lost";
    count = Math.max(count, 1);
  }

  /// The frame that has ended by silence, if there is one.
  Optional<Reading> silence(long now) {
    if (count == 0 || now - lastMicros < settings.gapMillis() * MICROS_PER_MILLI) {
      return Optional.empty();
    }
    Reading reading = damage.isEmpty()
        ? WiegandFrame.read(settings, count, bits)
        : new Reading.Damaged(damage);
    count = 0;
    bits = 0;
    damage = "";
    return Optional.of(reading);
  }

  /// Whether a frame has begun.
  boolean isMidFrame() {
    return count > 0;
  }
}
