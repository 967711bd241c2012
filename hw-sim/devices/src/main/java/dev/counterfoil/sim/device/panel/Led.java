package dev.counterfoil.sim.device.panel;

import dev.counterfoil.sim.device.board.GpioLine;

/// A light on a GPIO line, lit while the line is high. Thread-safe.
public final class Led {
  private boolean lit;
  private long flashes;

  public Led(GpioLine line) {
    lit = line.level();
    line.observe(this::follow);
  }

  private synchronized void follow(GpioLine line) {
    boolean now = line.level();
    if (now && !lit) {
      flashes++;
    }
    lit = now;
  }

  public synchronized boolean lit() {
    return lit;
  }

  /// How often it went on.
  public synchronized long flashes() {
    return flashes;
  }
}
