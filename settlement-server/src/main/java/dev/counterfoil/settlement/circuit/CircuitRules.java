package dev.counterfoil.settlement.circuit;

import java.time.Duration;
import java.time.Instant;

/// A circuit breaker as a pure function.
///
/// | state | event | next |
/// | --- | --- | --- |
/// | Closed | asked | Closed; let through |
/// | Closed | failed, too many of the window | Open |
/// | Open | asked before its end | Open; refused |
/// | Open | asked after its end | HalfOpen; let through |
/// | HalfOpen | asked, probes left | HalfOpen; let through |
/// | HalfOpen | asked, none left | HalfOpen; refused, but after as long again the probes count as lost |
/// | HalfOpen | succeeded, all of them | Closed |
/// | HalfOpen | failed | Open |
/// | any | withdrawn: what was let through never went out | as if it had not been asked |
///
/// Outcomes that come while it is open belong to an earlier time and change nothing.
public final class CircuitRules {

  private CircuitRules() {}

  public sealed interface State {

    /// @param calls outcomes in the window
    /// @param failures the newest outcome is the lowest bit, 1 for a failure
    record Closed(int calls, long failures) implements State {}

    record Open(Instant until) implements State {}

    /// @param asked let through so far
    /// @param succeeded of them
    record HalfOpen(int asked, int succeeded, Instant since) implements State {}
  }

  public static final State CLOSED = new State.Closed(0, 0);

  /// What was told to somebody who wants to call.
  ///
  /// @param pause how long to wait before asking again; zero: let through
  public record Answer(State next, Duration pause) {

    public boolean isLetThrough() {
      return pause.isZero();
    }
  }

  public static Answer asked(State state, CircuitTerms terms, Instant now) {
    return switch (state) {
      case State.Closed closed -> through(closed);
      case State.Open(Instant until) when now.isBefore(until) ->
        new Answer(state, Duration.between(now, until));
      case State.Open _ -> through(new State.HalfOpen(1, 0, now));
      case State.HalfOpen(int asked, int succeeded, Instant since) when asked < terms.probes() ->
        through(new State.HalfOpen(asked + 1, succeeded, since));
      case State.HalfOpen(var _, var _, Instant since) -> {
        Instant lost = since.plus(terms.openFor());
        yield now.isBefore(lost) ? new Answer(state, Duration.between(now, lost))
            : through(new State.HalfOpen(1, 0, now));
      }
    };
  }

  private static Answer through(State next) {
    return new Answer(next, Duration.ZERO);
  }

  public static State succeeded(State state, CircuitTerms terms) {
    return switch (state) {
      case State.Closed closed -> counted(closed, terms, false);
      case State.Open open -> open;
      case State.HalfOpen(int asked, int succeeded, Instant since) -> succeeded + 1 >= terms.probes() ? CLOSED
          : new State.HalfOpen(asked, succeeded + 1, since);
    };
  }

  public static State failed(State state, CircuitTerms terms, Instant now) {
    return switch (state) {
      case State.Closed closed -> {
        State.Closed next = counted(closed, terms, true);
        yield isTooMany(next, terms) ? new State.Open(now.plus(terms.openFor())) : next;
      }
      case State.Open open -> open;
      case State.HalfOpen _ -> new State.Open(now.plus(terms.openFor()));
    };
  }

  /// What was let through was given up before it was tried.
  public static State withdrawn(State state) {
    return switch (state) {
      case State.Closed _,State.Open _ -> state;
      case State.HalfOpen(int asked, int succeeded, Instant since) ->
        new State.HalfOpen(Math.max(0, asked - 1), succeeded, since);
    };
  }

  private static State.Closed counted(State.Closed before, CircuitTerms terms, boolean failure) {
    long mask = -1L >>> (Long.SIZE - terms.window());
    return new State.Closed(Math.min(terms.window(), before.calls() + 1),
        (before.failures() << 1 | (failure ? 1 : 0)) & mask);
  }

  private static boolean isTooMany(State.Closed state, CircuitTerms terms) {
    return state.calls() >= terms.leastCalls()
        && Long.bitCount(state.failures()) * 100 >= terms.failurePercent() * state.calls();
  }
}
