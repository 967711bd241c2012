package dev.counterfoil.terminal.driver.keypad;

/// Turns looks at the columns into keys. Pure.
///
/// ```
/// Idle     --a column low--------------------------> Settling
/// Settling --other columns-------------------------> Settling anew, or Idle when none
/// Settling --steady for the debounce time----------> Steady: ask for a scan of the rows
/// Steady   --scan found one contact----------------> Held, key reported
/// Steady   --scan found none or several------------> Held, nothing reported
/// Held     --all columns high for the debounce time-> Idle
/// Held     --low for too long----------------------> Jammed, reported
/// Jammed   --all columns high for the debounce time-> Idle, recovery reported
/// ```
/// Two keys at once report nothing until all are up again: in a matrix without diodes three closed contacts look like
/// four, so with several closed nobody knows which are real. A second key during the first is ignored likewise.
///
/// Only the columns are looked at again and again; the rows are scanned once a key press, when nothing bounces any
/// more.
final class KeypadContacts {

  /// Where the keypad stands; times are on the caller's monotonic clock.
  sealed interface State {

    record Idle() implements State {}

    /// @param columns low ones, a bit each
    record Settling(int columns, long since) implements State {}

    /// The edge must scan the rows and hand in the result by [#scanned].
    record Steady(int columns) implements State {}

    /// @param openSince when all columns were first found high, or -1 while one is low
    record Held(long since, long openSince) implements State {}

    record Jammed(long openSince) implements State {}
  }

  /// What to report.
  sealed interface Report {

    record Nothing() implements Report {}

    /// @param contact 0-15, row by row
    record Key(int contact) implements Report {}

    record Jam() implements Report {}

    record Recovery() implements Report {}
  }

  record Step(State state, Report report) {

    private static Step of(State state) {
      return new Step(state, new Report.Nothing());
    }
  }

  private static final long LOW = -1;

  private final long debounceMillis;
  private final long stuckMillis;

  KeypadContacts(KeypadSettings settings) {
    this.debounceMillis = settings.debounceMillis();
    this.stuckMillis = settings.stuckMillis();
  }

  /// @param columns those that are low, a bit each
  /// @param now     when
  Step looked(State state, int columns, long now) {
    return switch (state) {
      case State.Idle _ -> Step.of(columns == 0 ? state : new State.Settling(columns, now));
      case State.Settling settling -> Step.of(settle(settling, columns, now));
      case State.Steady _ -> throw new IllegalStateException("a scan is due");
      case State.Held held -> hold(held, columns, now);
      case State.Jammed jammed -> jam(jammed, columns, now);
    };
  }

  /// @param contacts result of the scan that [State.Steady] asks for, a bit per key, row by row
  Step scanned(int contacts, long now) {
    var held = new State.Held(now, LOW);
    return Integer.bitCount(contacts) == 1
        ? new Step(held, new Report.Key(Integer.numberOfTrailingZeros(contacts)))
        : Step.of(held);
  }

  private State settle(State.Settling state, int columns, long now) {
    if (columns == 0) {
      return new State.Idle();
    }
    if (columns != state.columns) {
      return new State.Settling(columns, now);
    }
    return now - state.since < debounceMillis ? state : new State.Steady(columns);
  }

  private Step hold(State.Held state, int columns, long now) {
    if (columns == 0) {
      long openSince = state.openSince == LOW ? now : state.openSince;
      return Step.of(isOver(openSince, now) ? new State.Idle() : new State.Held(state.since, openSince));
    }
    return now - state.since >= stuckMillis
        ? new Step(new State.Jammed(LOW), new Report.Jam())
        : Step.of(new State.Held(state.since, LOW));
  }

  private Step jam(State.Jammed state, int columns, long now) {
    if (columns != 0) {
      return Step.of(new State.Jammed(LOW));
    }
    long openSince = state.openSince == LOW ? now : state.openSince;
    return isOver(openSince, now)
        ? new Step(new State.Idle(), new Report.Recovery())
        : Step.of(new State.Jammed(openSince));
  }

  private boolean isOver(long openSince, long now) {
    return now - openSince >= debounceMillis;
  }
}
