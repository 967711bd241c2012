package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.terminal.line.MonotonicClock;

/// The time of one device. A driver that waits moves it ahead of the world's; the world catches up when the driver's next
/// turn is due. One thread.
final class DeviceTime implements MonotonicClock {

  private static final long MILLI = 1_000;

  private long micros;

  /// Microseconds of the world.
  long micros() {
    return micros;
  }

  /// Never goes back.
  void catchUp(long worldMicros) {
    micros = Math.max(micros, worldMicros);
  }

  void pass(long duration) {
    micros += duration;
  }

  @Override
  public long millis() {
    return micros / MILLI;
  }

  @Override
  public void await(long millis) {
    pass(Math.max(0, millis) * MILLI);
  }
}
