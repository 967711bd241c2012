package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.store.OperatorRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Finds out who sent a request and whether the role lets it through. Invariant: what is not expressly allowed is refused,
/// before anything of the request's content is looked at.
final class Doorkeeper {

  /// A session's last use is written this often, not with every request: it may end that much early, never late.
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final CoreAccess core;
  private final Readers readers;
  private final MachineDoor machines;
  private final InstantSource clock;
  private final SignInRules rules;

  Doorkeeper(CoreAccess core, Readers readers, MachineDoor machines, InstantSource clock,
      SignInRules rules) {
    this.rules = rules;
    this.machines = machines;
    this.core = core;
    this.readers = readers;
    this.clock = clock;
  }

  /// @throws ApiException NOT_SIGNED_IN, PASSWORD_DUE, NOT_PERMITTED, and what {@link MachineDoor} says
  Caller admit(WebRequest request) {
    return switch (request.route().access()) {
      case Access.Anybody _ -> Caller.NOBODY;
      case Access.SignedIn _ -> signedIn(request);
      case Access.Needs(var permission) when MachineDoor.isMachine(request.authorization()) ->
        machines.admit(request, permission);
      case Access.Needs(var permission) -> {
        Caller caller = signedIn(request);
        if (caller.passwordDue()) {
          throw new ApiException("PASSWORD_DUE", "");
        }
        if (!caller.operator().may(permission)) {
          throw new ApiException("NOT_PERMITTED", "needs=" + permission);
        }
        yield caller;
      }
    };
  }

  private Caller signedIn(WebRequest request) {
    Bearer bearer = Bearer.parse(request.authorization())
        .orElseThrow(() -> new ApiException("NOT_SIGNED_IN", ""));
    Instant now = clock.instant();
    return live(bearer, now).orElseThrow(() -> new ApiException("NOT_SIGNED_IN", ""));
  }

  private Optional<Caller> live(Bearer bearer, Instant now) {
    Optional<Known> known = readers.read(reads -> reads.session(bearer.site(), bearer.token().hash())
        .flatMap(session -> reads.operator(bearer.site(), operatorOf(session))
            .map(row -> new Known(session, row))));
    return known.filter(each -> each.row().operator().active()).flatMap(
        each -> step(each.session(), now).map(session -> caller(each.row(), session)));
  }

  private record Known(Session.State session, OperatorRow row) {}

  private static long operatorOf(Session.State session) {
    return switch (session) {
      case Session.State.Active active -> active.operator();
      case Session.State.Ended ended -> ended.operator();
    };
  }

  private Optional<Session.State.Active> step(Session.State known, Instant now) {
    boolean fresh = known instanceof Session.State.Active active
        && now.isBefore(active.lastUsed().plus(NOTED_EVERY));
    Session.State next = Session.step(rules, known, new Session.Event.Used(now));
    return switch (next) {
      case Session.State.Active active when fresh -> Optional.of(active);
      case Session.State.Active active ->
        core.call(server -> server.operators().used(active.site(), active.token(), now));
      case Session.State.Ended _ -> Optional.empty();
    };
  }

  /// The role is the session's: a change of role ends it. A password that expires meanwhile lasts to its end.
  private Caller caller(OperatorRow row, Session.State.Active session) {
    return Caller.operator(row.operator().in(session.role()), session.token(),
        row.isPasswordDue(rules, session.begun()));
  }
}
