package dev.counterfoil.sim.device.panel;

import dev.counterfoil.sim.device.board.GpioLine;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;

/// An active buzzer on a GPIO line, sounding while the line is high. Thread-safe.
public final class Buzzer {
  /// The newest beeps that are kept.
  private static final int REMEMBERED = 1_000;

  /// One finished beep, in microseconds of the board's clock.
  public record Beep(long startMicros, long durationMicros) {}

  private final ArrayDeque<Beep> beeps = new ArrayDeque<>();
  private final LongSupplier micros;
  private boolean sounding;
  private long since;
  private long count;

  public Buzzer(GpioLine line, LongSupplier micros) {
    this.micros = micros;
    line.observe(this::follow);
  }

  private synchronized void follow(GpioLine line) {
    boolean now = line.level();
    if (now == sounding) {
      return;
    }
    sounding = now;
    if (now) {
      since = micros.getAsLong();
    } else {
      count++;
      beeps.addLast(new Beep(since, micros.getAsLong() - since));
      if (beeps.size() > REMEMBERED) {
        beeps.removeFirst();
      }
    }
  }

  public synchronized boolean sounding() {
    return sounding;
  }

  /// The newest finished beeps, oldest first, at most 1,000.
  public synchronized List<Beep> beeps() {
    return List.copyOf(beeps);
  }

  /// All finished beeps since the buzzer was made.
  public synchronized long count() {
    return count;
  }
}
