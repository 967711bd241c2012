package dev.counterfoil.terminal.line;

import java.util.concurrent.TimeUnit;

/// Time that only moves forward, and the wait for it: what every driver needs for its time-outs, as one port so
/// that a test can run an hour of silence in a millisecond.
public interface MonotonicClock {

  /// Milliseconds since an arbitrary moment; never steps back, whatever happens to the wall clock.
  long millis();

  /// Blocks the calling thread for this long; returns at once for zero or less.
  ///
  /// @throws InterruptedException if the thread was interrupted, which is how a driver is asked to stop
  void await(long millis) throws InterruptedException;

  /// The machine's own clock.
  static MonotonicClock system() {
    return new MonotonicClock() {
      @Override
      public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
      }

      @Override
      public void await(long millis) throws InterruptedException {
        if (millis > 0) {
          Thread.sleep(millis);
        }
      }
    };
  }
}
