package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.link.Backoff;
import java.util.random.RandomGenerator;

/// Where one connection stands, and when it is tried again. Retries never stop (SYN-03).
final class LinkLine {

  private enum State {
    WAITING, CONNECTING, UP
  }

  /// An accepted session that lives this long was a good one.
  static final long STEADY_MILLIS = 5_000;
  /// Longest that a server may keep this terminal away at a time.
  static final long MOST_AWAY_MILLIS = 300_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final Backoff backoff;
  private final RandomGenerator random;
  private State state = State.WAITING;
  private long connection;
  private long connectAt;
  private int failures;
  private long acceptedAt = NEVER;

  LinkLine(Backoff backoff, RandomGenerator random) {
    this.backoff = backoff;
    this.random = random;
  }

  boolean mayConnect(long now) {
    return state == State.WAITING && now >= connectAt;
  }

  /// When to try again, `Long.MAX_VALUE` while there is nothing to wait for.
  long connectAt() {
    return state == State.WAITING ? connectAt : Long.MAX_VALUE;
  }

  long connecting() {
    state = State.CONNECTING;
    return ++connection;
  }

  /// Whether this number is the connection of now; what belongs to an older one is ignored.
  boolean isCurrent(long number) {
    return state != State.WAITING && number == connection;
  }

  void up() {
    state = State.UP;
  }

  /// The server accepted the session. Only one that lasts makes the next failure the first again: a server that
  /// welcomes and then refuses would otherwise be called several times a second, for ever.
  void accepted(long now) {
    acceptedAt = now;
  }

  /// The session did what it is for, so the next failure is the first again, however soon it comes.
  void useful() {
    failures = 0;
  }

  /// Gone; tried again after the back-off, and not before the server wants it, within [#MOST_AWAY_MILLIS].
  ///
  /// @return failures in a row
  int down(long now, long notBeforeMillis) {
    state = State.WAITING;
    failures = acceptedAt != NEVER && now - acceptedAt >= STEADY_MILLIS ? 1 : failures + 1;
    acceptedAt = NEVER;
    connectAt = now
        + Math.max(Math.min(notBeforeMillis, MOST_AWAY_MILLIS), backoff.waitMillis(failures, random));
    return failures;
  }

  /// Tries in a row that failed.
  int failures() {
    return failures;
  }

  void retryNow(long now) {
    connectAt = Math.min(connectAt, now);
  }
}
