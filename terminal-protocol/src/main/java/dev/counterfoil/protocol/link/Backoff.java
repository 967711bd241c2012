package dev.counterfoil.protocol.link;

import java.util.random.RandomGenerator;

/// Full-jitter exponential back-off: the n-th wait is drawn evenly from 0 to min(cap, base * 2^n), so that a fleet
/// that lost its server at one moment does not return at one moment. Retries never stop (SYN-03).
///
/// @param baseMillis upper end of the first wait
/// @param capMillis upper end of every later wait
public record Backoff(long baseMillis, long capMillis) {

  /// 0.5 s to 60 s.
  public static final Backoff DEFAULT = new Backoff(500, 60_000);

  /// Failures in a row after which an alert is due.
  public static final int ALERT_AFTER = 3;

  /// @param failures failures in a row so far, at least 1
  /// @return the wait before the next try, in milliseconds
  public long waitMillis(int failures, RandomGenerator random) {
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    long ceiling = Math.min(capMillis, baseMillis << doublings);
    return random.nextLong(ceiling + 1);
  }
}
