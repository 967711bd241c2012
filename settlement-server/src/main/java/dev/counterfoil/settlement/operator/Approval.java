package dev.counterfoil.settlement.operator;

import dev.counterfoil.protocol.id.Hash;
import java.time.Instant;

/// One request for a guarded action, and what became of it.
///
/// @param action    decides who may approve
/// @param content   hash of the {@link ApprovalContent}
/// @param requester number of the operator who asked
/// @param expires   nothing is approved or carried out from here on
/// @param first     number of the operator who agreed before the one in the state, where two must; else 0
public record Approval(int site, GuardedAction action, Hash content, long requester, Instant expires,
    State state, long first) {

  public Approval(int site, GuardedAction action, Hash content, long requester, Instant expires,
      State state) {
    this(site, action, content, requester, expires, state, 0);
  }

  public sealed interface State {

    record Waiting() implements State {}

    /// Approved by another operator and not yet carried out.
    record Approved(long approver, Instant at) implements State {}

    record Rejected(long approver, Instant at) implements State {}

    record Withdrawn(Instant at) implements State {}

    /// Carried out, once.
    record Used(long approver, Instant at) implements State {}
  }

  /// An operator approved what the operator asked for alone: never constructed, whatever the database says.
  public Approval {
    long other = switch (state) {
      case State.Approved(long approver, var _) -> approver;
      case State.Rejected(long approver, var _) -> approver;
      case State.Used(long approver, var _) -> approver;
      case State.Waiting _,State.Withdrawn _ -> 0;
    };
    if (other == requester || first != 0 && (first == requester || first == other)) {
      throw new IllegalArgumentException("operator=" + requester + " first=" + first + " approver=" + other
          + " are not as many people");
    }
  }

  /// Whether everybody agreed who must.
  public boolean isApproved() {
    return state instanceof State.Approved && (action.levels() == 1 || first != 0);
  }

  Approval in(State next) {
    return new Approval(site, action, content, requester, expires, next, first);
  }

  /// A second one agrees.
  Approval after(long approver, State next) {
    return new Approval(site, action, content, requester, expires, next, approver);
  }
}
