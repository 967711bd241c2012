package dev.counterfoil.settlement.operator;

import dev.counterfoil.protocol.id.Hash;
import java.time.Instant;

/// One operator's session, as a state machine: `step(rules, state, event)` gives the next state and nothing else. A session ends
/// once and never lives again. Whatever the clock does, its ends never move back: time before the last use counts as the
/// last use.
public final class Session {

  /// Why a session ended.
  public enum End {
    IDLE,
    TOO_OLD,
    LOGGED_OUT,
    ROLE_CHANGED,
    PASSWORD_CHANGED,
    OPERATOR_LEFT
  }

  public sealed interface State {

    /// @param token    hash of the {@link SessionToken}
    /// @param operator the operator's number
    /// @param role     at sign-in; a change of role ends the session, so that no request runs on stale rights
    record Active(int site, Hash token, long operator, Role role, Instant begun, Instant lastUsed)
        implements
          State {}

    record Ended(int site, Hash token, long operator, End why, Instant at) implements State {}
  }

  public sealed interface Event {

    Instant at();

    /// A request carries the session's token. To be let through only if the next state is still active.
    record Used(Instant at) implements Event {}

    /// Time has passed and nothing else.
    record Tick(Instant at) implements Event {}

    record LoggedOut(Instant at) implements Event {}

    record RoleChanged(Instant at) implements Event {}

    record PasswordChanged(Instant at) implements Event {}

    record OperatorLeft(Instant at) implements Event {}
  }

  private Session() {}

  /// A session that begins now, after {@link SignIn} said so.
  public static State.Active begin(SessionToken token, Operator operator, Instant now) {
    return new State.Active(operator.site(), token.hash(), operator.number(), operator.role(), now, now);
  }

  public static State step(SignInRules rules, State state, Event event) {
    return switch (state) {
      case State.Ended ended -> ended;
      case State.Active active -> fromActive(rules, active, event);
    };
  }

  private static State fromActive(SignInRules rules, State.Active active, Event event) {
    Instant now = event.at().isBefore(active.lastUsed()) ? active.lastUsed() : event.at();
    // A session that was over before the event came ended of age, whatever the event says.
    if (!now.isBefore(active.begun().plus(rules.longest()))) {
      return end(active, End.TOO_OLD, now);
    }
    if (!now.isBefore(active.lastUsed().plus(rules.idle()))) {
      return end(active, End.IDLE, now);
    }
    return switch (event) {
      case Event.Used _ -> new State.Active(active.site(), active.token(), active.operator(),
          active.role(), active.begun(), now);
      case Event.Tick _ -> active;
      case Event.LoggedOut _ -> end(active, End.LOGGED_OUT, now);
      case Event.RoleChanged _ -> end(active, End.ROLE_CHANGED, now);
      case Event.PasswordChanged _ -> end(active, End.PASSWORD_CHANGED, now);
      case Event.OperatorLeft _ -> end(active, End.OPERATOR_LEFT, now);
    };
  }

  private static State end(State.Active active, End why, Instant at) {
    return new State.Ended(active.site(), active.token(), active.operator(), why, at);
  }
}
