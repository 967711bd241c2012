package dev.counterfoil.settlement.approval;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.FourEyes;
import dev.counterfoil.settlement.operator.FourEyes.Event;
import dev.counterfoil.settlement.operator.FourEyes.Outcome;
import dev.counterfoil.settlement.operator.FourEyes.Refusal;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps what {@link FourEyes} decides (SEC-11). A guarded action is carried out by the very commit that uses its approval
/// up, or not at all. Every method commits before it returns, or throws {@link RefusedException} with a
/// {@link FourEyes.Refusal}'s name, APPROVAL_UNKNOWN or SYSTEM_BUSY, and has changed nothing. Belongs to the core's thread.
public final class ApprovalDesk {

  private final StoreMemory memory;

  public ApprovalDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// Asks for a guarded action.
  ///
  /// @param shown the content as JSON, for whoever decides
  public ApprovalRow request(ApprovalContent content, String shown, Operator by, Instant now) {
    Approval asked = changed(FourEyes.request(content, by, now, FourEyes.DEFAULT_LIFE));
    var row = new ApprovalRow(memory.reads().lastApproval(content.site()) + 1, asked, shown);
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putApproval(row)));
    return row;
  }

  /// Another operator agrees; what was asked for is done if nobody else must agree.
  ///
  /// @param seen    hash of the content that he was shown
  /// @param content what is about to be done, put together again from what is stored
  /// @param deed    commits once; its refusal leaves the request open
  /// @return what was done; empty if one more must agree
  public <T> Optional<T> approve(int site, long number, Operator by, Hash seen, ApprovalContent content,
      Instant now,
      Supplier<T> deed) {
    ApprovalRow row = existing(site, number);
    requireOther(row, content, by);
    Approval approved = changed(FourEyes.step(row.approval(), new Event.Approve(by, seen, now)));
    if (!approved.isApproved()) {
      RefusedException.unlessCommitted(
          memory.commit(new CommitUnit().putApproval(new ApprovalRow(number, approved, row.shown()))));
      return Optional.empty();
    }
    Approval used = changed(FourEyes.step(approved, new Event.Use(content.hash(), now)));
    return Optional.of(withRow(new ApprovalRow(number, used, row.shown()), deed));
  }

  public ApprovalRow reject(int site, long number, Operator by, Instant now) {
    return put(existing(site, number), new Event.Reject(by, now));
  }

  /// Whoever asked no longer wants it.
  public ApprovalRow withdraw(int site, long number, Operator by, Instant now) {
    return put(existing(site, number), new Event.Withdraw(by, now));
  }

  /// @throws RefusedException APPROVAL_UNKNOWN
  public ApprovalRow existing(int site, long number) {
    return memory.reads().approval(site, number)
        .orElseThrow(() -> new RefusedException("APPROVAL_UNKNOWN", "no approval " + number));
  }

  /// Nobody agrees to what is done to himself, whoever asked for it.
  private static void requireOther(ApprovalRow row, ApprovalContent content, Operator by) {
    if (Long.toString(by.number()).equals(content.values().get(ApprovalContent.OPERATOR))) {
      throw new RefusedException(Refusal.APPROVAL_SELF.name(),
          "approval " + row.number() + " is about " + by.name());
    }
  }

  private <T> T withRow(ApprovalRow row, Supplier<T> deed) {
    var written = new boolean[1];
    memory.alongside(unit -> {
      unit.putApproval(row);
      written[0] = true;
    });
    try {
      T done = deed.get();
      if (!written[0]) {
        throw new IllegalStateException(
            "approval " + row.number() + " was used up by a deed that did nothing");
      }
      return done;
    } finally {
      memory.alongside(null);
    }
  }

  private ApprovalRow put(ApprovalRow row, Event event) {
    var next = new ApprovalRow(row.number(), changed(FourEyes.step(row.approval(), event)), row.shown());
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putApproval(next)));
    return next;
  }

  private static Approval changed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Changed(var approval) -> approval;
      case Outcome.Refused(var why) -> throw new RefusedException(why.name(), "");
    };
  }
}
