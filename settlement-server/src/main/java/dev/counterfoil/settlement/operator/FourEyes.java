package dev.counterfoil.settlement.operator;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Approval.State;
import java.time.Duration;
import java.time.Instant;

/// The second pair of eyes (SEC-11: large_amount_approval), as a state machine over {@link Approval}. A refused step
/// changes nothing. The guarded action itself is carried out by the commit that stores {@link State.Used}, or not at all.
public final class FourEyes {

  /// How long a request waits unless the caller says otherwise.
  public static final Duration DEFAULT_LIFE = Duration.ofHours(24);

  /// Why not. Stable codes.
  public enum Refusal {
    /// The operator's role does not allow it, or the operator belongs to another site or has left.
    APPROVAL_NOT_PERMITTED,
    /// Nobody decides about what they asked for themselves.
    APPROVAL_SELF,
    APPROVAL_EXPIRED,
    /// What was looked at or is to be carried out is not what was asked for.
    APPROVAL_CONTENT_CHANGED,
    /// Not approved yet.
    APPROVAL_MISSING,
    /// Decided, withdrawn or carried out before.
    APPROVAL_CLOSED
  }

  public sealed interface Event {

    Instant at();

    /// @param seen hash of the content that was on the approver's screen
    record Approve(Operator by, Hash seen, Instant at) implements Event {}

    record Reject(Operator by, Instant at) implements Event {}

    record Withdraw(Operator by, Instant at) implements Event {}

    /// @param content hash of what is about to be done, computed from it again
    record Use(Hash content, Instant at) implements Event {}
  }

  public sealed interface Outcome {

    record Changed(Approval approval) implements Outcome {}

    record Refused(Refusal why) implements Outcome {}
  }

  private FourEyes() {}

  /// @param life how long it may wait to be approved and carried out
  public static Outcome request(ApprovalContent content, Operator by, Instant now, Duration life) {
    if (by.site() != content.site() || !by.may(content.action().toRequest())) {
      return new Outcome.Refused(Refusal.APPROVAL_NOT_PERMITTED);
    }
    return new Outcome.Changed(new Approval(content.site(), content.action(), content.hash(), by.number(),
        now.plus(life), new State.Waiting()));
  }

  public static Outcome step(Approval approval, Event event) {
    return switch (approval.state()) {
      case State.Rejected _, State.Withdrawn _, State.Used _ -> new Outcome.Refused(Refusal.APPROVAL_CLOSED);
      case State.Waiting _, State.Approved _ -> event.at().isBefore(approval.expires())
          ? open(approval, event)
          : new Outcome.Refused(Refusal.APPROVAL_EXPIRED);
    };
  }

  private static Outcome open(Approval approval, Event event) {
    return switch (event) {
      case Event.Approve(Operator by, Hash seen, Instant at) -> seen.equals(approval.content())
          ? decide(approval, by, new State.Approved(by.number(), at))
          : new Outcome.Refused(Refusal.APPROVAL_CONTENT_CHANGED);
      case Event.Reject(Operator by, Instant at) -> decide(approval, by, new State.Rejected(by.number(), at));
      case Event.Withdraw(Operator by, Instant at) -> isRequester(approval, by)
          ? new Outcome.Changed(approval.in(new State.Withdrawn(at)))
          : new Outcome.Refused(Refusal.APPROVAL_NOT_PERMITTED);
      case Event.Use(Hash content, Instant at) -> use(approval, content, at);
    };
  }

  private static Outcome decide(Approval approval, Operator by, State decided) {
    if (isRequester(approval, by)) {
      return new Outcome.Refused(Refusal.APPROVAL_SELF);
    }
    if (by.site() != approval.site() || !by.may(approval.action().toApprove())) {
      return new Outcome.Refused(Refusal.APPROVAL_NOT_PERMITTED);
    }
    // An approval may still be taken back by a rejection.
    return approval.state() instanceof State.Approved(long before, Instant _)
        && decided instanceof State.Approved ? further(approval, before, by, decided)
            : new Outcome.Changed(approval.in(decided));
  }

  /// One more agrees: where two must, and it is not the same one. Else it says nothing new.
  private static Outcome further(Approval approval, long before, Operator by, State decided) {
    return approval.isApproved() || before == by.number() ? new Outcome.Refused(Refusal.APPROVAL_CLOSED)
        : new Outcome.Changed(approval.after(before, decided));
  }

  private static Outcome use(Approval approval, Hash content, Instant at) {
    if (!content.equals(approval.content())) {
      return new Outcome.Refused(Refusal.APPROVAL_CONTENT_CHANGED);
    }
    return approval.isApproved() && approval.state() instanceof State.Approved(long approver, Instant _)
        ? new Outcome.Changed(approval.in(new State.Used(approver, at)))
        : new Outcome.Refused(Refusal.APPROVAL_MISSING);
  }

  private static boolean isRequester(Approval approval, Operator by) {
    return by.site() == approval.site() && by.number() == approval.requester();
  }
}
