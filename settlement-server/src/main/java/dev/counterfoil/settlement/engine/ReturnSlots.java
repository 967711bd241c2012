package dev.counterfoil.settlement.engine;

import java.util.random.RandomGenerator;

/// When those who are sent away in a storm may come back: one place after the other, at a rate that the server can
/// greet, so that a fleet that lost its server at one moment does not return at one moment. A place is blurred by
/// jitter; beyond the longest wait, places are drawn evenly, because by then the queue is gone or the guess is worthless.
///
/// Thread-safe; has no clock of its own.
final class ReturnSlots {

  /// Greetings a second that are planned for.
  static final int A_SECOND = 200;
  /// Nobody is asked back sooner.
  static final long LEAST_MILLIS = 1_000;
  /// Nobody is kept away longer.
  static final long MOST_MILLIS = 120_000;
  private static final double GAP_MILLIS = 1_000.0 / A_SECOND;

  private final RandomGenerator jitter;
  private double next;

  ReturnSlots(RandomGenerator jitter) {
    this.jitter = jitter;
  }

  /// @param nowMillis monotonic
  /// @return how long one more terminal should stay away, milliseconds
  synchronized long draw(long nowMillis) {
    next = Math.max(next + GAP_MILLIS, nowMillis + LEAST_MILLIS);
    long wait = Math.round(next - nowMillis) + jitter.nextLong(LEAST_MILLIS);
    return wait <= MOST_MILLIS ? wait : LEAST_MILLIS + jitter.nextLong(MOST_MILLIS - LEAST_MILLIS + 1);
  }
}
