package dev.counterfoil.sim.device.panel;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// A finger on a [KeypadMatrix]: presses with the time and the contact bounce of a real one.
///
/// A press blocks its caller from touching to having let go. Bounce: after each make or break the contact
/// opens and closes a few times within [Touch#bounceMicros]. Interrupting a press lets go at once.
public final class Finger {
  /// How keys are pressed. Times in microseconds; `pauseMicros` is the time without a key after each press.
  public record Touch(long holdMicros, long pauseMicros, long bounceMicros) {
    /// A quick typist on a good keypad: 60 ms down, 40 ms up, 3 ms bounce.
    public static Touch usual() {
      return new Touch(60_000, 40_000, 3_000);
    }
  }

  private static final int MOST_BOUNCES = 5;

  private final KeypadMatrix keypad;
  private final LongSupplier micros;
  private final RandomGenerator random;

  /// `micros` is the monotonic clock by which presses are timed.
  public Finger(KeypadMatrix keypad, LongSupplier micros, RandomGenerator random) {
    this.keypad = keypad;
    this.micros = micros;
    this.random = random;
  }

  /// Presses and releases one key.
  public void press(char key, Touch touch) {
    down(key, touch.bounceMicros());
    pause(touch.holdMicros());
    up(key, touch.bounceMicros());
    pause(touch.pauseMicros());
  }

  /// Presses a key and keeps it down.
  public void down(char key, long bounceMicros) {
    bounce(key, true, bounceMicros);
  }

  /// Lets a key go.
  public void up(char key, long bounceMicros) {
    bounce(key, false, bounceMicros);
  }

  private void bounce(char key, boolean close, long withinMicros) {
    keypad.contact(key, close);
    int bounces = withinMicros <= 0 ? 0 : 1 + random.nextInt(MOST_BOUNCES);
    for (int i = 0; i < bounces; i++) {
      pause(withinMicros / (2L * bounces));
      keypad.contact(key, !close);
      pause(withinMicros / (2L * bounces));
      keypad.contact(key, close);
    }
  }

  private void pause(long forMicros) {
    long until = micros.getAsLong() + forMicros;
    for (long left = forMicros; left > 0 && !Thread.currentThread().isInterrupted(); left = until
        - micros.getAsLong()) {
      LockSupport.parkNanos(left * 1_000);
    }
  }
}
