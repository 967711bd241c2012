package dev.counterfoil.settlement.operator;

import dev.counterfoil.protocol.id.Hash;
import java.time.Instant;

/// One request for a guarded action, and what became of it.
///
/// @param action    decides who may approve
/// @param content   hash of the {@link ApprovalContent}
/// @param requester number of the operator who asked
/// @param expires   nothing is approved or carried out from here on
public record Approval(int site, GuardedAction action, Hash content, long requester, Instant expires,
    State state) {

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
    if (other == requester) {
      throw new IllegalArgumentException("operator=" + requester + " is requester and approver");
    }
  }

  Approval in(State next) {
    return new Approval(site, action, content, requester, expires, next);
  }
}
