package dev.counterfoil.terminal.driver.keypad;

import java.util.Optional;

/// Turns scans of the matrix into keys. Pure.
///
/// ```
/// Idle     --some contact closed--------------------> Settling
/// Settling --one contact, steady for the debounce---> Held, key reported
/// Settling --several contacts, steady---------------> Blocked
/// Settling --none-----------------------------------> Idle
/// Held     --a second contact-----------------------> Blocked
/// Held, Blocked --all open, steady------------------> Idle
/// Held, Blocked --too long--------------------------> Jammed, reported
/// Jammed   --all open, steady-----------------------> Idle, recovery reported
/// ```
/// Two keys at once report nothing until all are up again: in a matrix without diodes three closed contacts look like
/// four, so with several closed nobody knows which are real.
final class KeypadContacts {

  /// Where the keypad stands; `contacts` is a bit per key, row 0 column 0 in bit 0, row by row.
  sealed interface State {

    record Idle() implements State {}

    record Settling(int contacts, long since) implements State {}

    /// @param since     when the key was reported or the contacts were found to be several
    /// @param openSince when all contacts were first found open, or -1 while one is closed
    record Held(int contacts, boolean blocked, long since, long openSince) implements State {}

    record Jammed(long openSince) implements State {}
  }

  /// What to report.
  enum Report {
    NOTHING, KEY, JAMMED, RECOVERED
  }

  /// @param key which contact, for [Report#KEY] alone
  record Step(State state, Report report, Optional<Integer> key) {

    private static Step of(State state) {
      return new Step(state, Report.NOTHING, Optional.empty());
    }

    private static Step of(State state, Report report) {
      return new Step(state, report, Optional.empty());
    }
  }

  private static final long CLOSED = -1;

  private final long debounceMillis;
  private final long stuckMillis;

  KeypadContacts(KeypadSettings settings) {
    this.debounceMillis = settings.debounceMillis();
    this.stuckMillis = settings.stuckMillis();
  }

  /// @param contacts result of one scan
  /// @param now      when, on the caller's monotonic clock
  Step scanned(State state, int contacts, long now) {
    return switch (state) {
      case State.Idle _ when contacts == 0 -> Step.of(state);
      case State.Idle _ -> Step.of(new State.Settling(contacts, now));
      case State.Settling settling -> settle(settling, contacts, now);
      case State.Held held -> hold(held, contacts, now);
      case State.Jammed jammed -> jam(jammed, contacts, now);
    };
  }

  private Step settle(State.Settling state, int contacts, long now) {
    if (contacts == 0) {
      return Step.of(new State.Idle());
    }
    if (contacts != state.contacts) {
      return Step.of(new State.Settling(contacts, now));
    }
    if (now - state.since < debounceMillis) {
      return Step.of(state);
    }
    boolean several = Integer.bitCount(contacts) > 1;
    var held = new State.Held(contacts, several, now, CLOSED);
    return several
        ? Step.of(held)
        : new Step(held, Report.KEY, Optional.of(Integer.numberOfTrailingZeros(contacts)));
  }

  private Step hold(State.Held state, int contacts, long now) {
    if (contacts == 0) {
      long openSince = state.openSince == CLOSED ? now : state.openSince;
      return now - openSince >= debounceMillis
          ? Step.of(new State.Idle())
          : Step.of(new State.Held(state.contacts, state.blocked, state.since, openSince));
    }
    if (now - state.since >= stuckMillis) {
      return Step.of(new State.Jammed(CLOSED), Report.JAMMED);
    }
    boolean blocked = state.blocked || contacts != state.contacts;
    return Step.of(new State.Held(state.contacts, blocked, state.since, CLOSED));
  }

  private Step jam(State.Jammed state, int contacts, long now) {
    if (contacts != 0) {
      return Step.of(new State.Jammed(CLOSED));
    }
    long openSince = state.openSince == CLOSED ? now : state.openSince;
    return now - openSince >= debounceMillis
        ? Step.of(new State.Idle(), Report.RECOVERED)
        : Step.of(new State.Jammed(openSince));
  }
}
