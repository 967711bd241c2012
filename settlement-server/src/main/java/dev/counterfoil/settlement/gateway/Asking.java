package dev.counterfoil.settlement.gateway;

import java.time.Duration;
import java.time.Instant;

/// When a gateway is asked again: 5 s after the first time, then twice as long each time, at most every ten minutes,
/// without end, because giving up would turn an unknown outcome into a wrong one.
///
/// @param attempts how often it was asked
/// @param unknowns how many answers in a row told nothing
/// @param nextAt not before
public record Asking(int attempts, int unknowns, Instant nextAt) {

  /// After so many answers that told nothing, people are told.
  static final int UNRESOLVED_AFTER = 10;

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  /// 5 s doubled so often is past the longest pause already.
  private static final int MOST_DOUBLINGS = 7;

  static Asking dueAt(Instant at) {
    return new Asking(0, 0, at);
  }

  boolean isDue(Instant now) {
    return !now.isBefore(nextAt);
  }

  Asking asked(Instant now) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
    return new Asking(Math.addExact(attempts, 1), unknowns,
        now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
  }

  Asking toldNothing() {
    return new Asking(attempts, Math.addExact(unknowns, 1), nextAt);
  }

  Asking toldSomething() {
    return new Asking(attempts, 0, nextAt);
  }

  /// True once in a row of answers that tell nothing.
  boolean becameUnresolved() {
    return unknowns == UNRESOLVED_AFTER;
  }
}
