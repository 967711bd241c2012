package dev.counterfoil.settlement.staff;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.operator.SessionToken;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.secret.RecoveryCodes;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Stores operators, their tries to sign in and their sessions. Every try is decided again here, on the one thread that
/// writes, with the guard as it stands: of two tries at once both count. Belongs to the core's thread; every method
/// commits before it returns.
public final class OperatorDesk {

  private final StoreMemory memory;
  private final SignInRules rules;

  public OperatorDesk(StoreMemory memory, SignInRules rules) {
    this.memory = memory;
    this.rules = rules;
  }

  /// What makes an operator, apart from the number.
  ///
  /// @param password as [dev.counterfoil.settlement.secret.PasswordHash#hash] gave it
  /// @param totp     sealed for the cell that {@link Cells#totp} names
  public record Newcomer(int site, String name, Role role, String password, byte[] totp,
      RecoveryCodes recovery) {

    @Override
    public String toString() {
      return "Newcomer[" + name + ", " + role + "]";
    }
  }

  /// Takes an operator on; the given password must be changed at the first sign-in.
  ///
  /// @throws RefusedException OPERATOR_NAME_TAKEN, SYSTEM_BUSY
  public OperatorRow add(Newcomer newcomer, String by, long nowMs) {
    List<OperatorRow> known = memory.reads().operators(newcomer.site());
    if (known.stream().anyMatch(row -> row.operator().name().equals(newcomer.name()))) {
      throw new RefusedException("OPERATOR_NAME_TAKEN", "there is an operator " + newcomer.name());
    }
    long number = known.stream().mapToLong(row -> row.operator().number()).max().orElse(0) + 1;
    var operator = new Operator(newcomer.site(), number, newcomer.name(), newcomer.role(), true);
    var row = new OperatorRow(operator, newcomer.password(), newcomer.totp(), newcomer.recovery(),
        SignIn.Guard.FRESH, true, nowMs);
    commit(new CommitUnit().putOperator(row), newcomer.site(),
        new AuditEntry(Instant.ofEpochMilli(nowMs), by, "OPERATOR_ADD", object(operator), "",
            "role=" + operator.role(), ""));
    return row;
  }

  /// A password was compared.
  ///
  /// @param right what comparing came to
  public SignIn.Answer passwordTried(int site, long number, boolean right, Instant at) {
    OperatorRow row = existing(site, number);
    SignIn.Step step = SignIn.step(rules, row.guard(), new SignIn.Event.PasswordTried(number, right, at));
    note(row, step, new CommitUnit().putOperator(row.with(step.guard())), at);
    return step.answer();
  }

  /// A one-time code was compared. A session with this token begins if the answer is that the operator is signed in.
  public SignIn.Answer codeTried(int site, SignIn.Pending pending, OptionalLong code, SessionToken token,
      Instant at) {
    OperatorRow row = existing(site, pending.operator());
    SignIn.Step step = SignIn.step(rules, row.guard(), new SignIn.Event.CodeTried(pending, code, at));
    return enter(row, step, token, at);
  }

  /// A recovery code was typed; it is used up if the operator is let in.
  public SignIn.Answer recoveryTried(int site, SignIn.Pending pending, String typed, SessionToken token,
      Instant at) {
    OperatorRow row = existing(site, pending.operator());
    Optional<RecoveryCodes> left = row.recovery().redeem(typed);
    SignIn.Step step = SignIn.step(rules, row.guard(),
        new SignIn.Event.RecoveryTried(pending, left.isPresent(), at));
    boolean entered = step.answer() instanceof SignIn.Answer.SignedIn;
    return enter(entered ? row.with(left.orElseThrow()) : row, step, token, at);
  }

  private SignIn.Answer enter(OperatorRow row, SignIn.Step step, SessionToken token, Instant at) {
    var unit = new CommitUnit().putOperator(row.with(step.guard()));
    if (step.answer() instanceof SignIn.Answer.SignedIn && row.operator().active()) {
      unit.putSession(Session.begin(token, row.operator(), at));
    }
    note(row, step, unit, at);
    return step.answer();
  }

  /// A request carried the session's token.
  ///
  /// @return the session, if it lives; empty if it ended now or before, or never was
  public Optional<Session.State.Active> used(int site, Hash token, Instant at) {
    return step(site, token, new Session.Event.Used(at)) instanceof Session.State.Active active
        ? Optional.of(active)
        : Optional.empty();
  }

  public void loggedOut(int site, Hash token, Instant at) {
    step(site, token, new Session.Event.LoggedOut(at));
  }

  private Session.State step(int site, Hash token, Session.Event event) {
    Optional<Session.State> before = memory.reads().session(site, token);
    if (before.isEmpty()) {
      return new Session.State.Ended(site, token, 0, Session.End.LOGGED_OUT, event.at());
    }
    Session.State next = Session.step(rules, before.get(), event);
    if (!next.equals(before.get())) {
      memory.commit(new CommitUnit().putSession(next));
    }
    return next;
  }

  /// Another password, of the operator's own choice. All his sessions end but the one he is in.
  public void changePassword(int site, long number, String hash, Hash here, Instant at) {
    OperatorRow row = existing(site, number);
    var unit = new CommitUnit().putOperator(row.withOwnPassword(hash, at.toEpochMilli()));
    endSessions(unit, row, new Session.Event.PasswordChanged(at), Optional.of(here));
    commit(unit, site, entry(row, "PASSWORD_CHANGE", at, "", ""));
  }

  /// Another role; all his sessions end, so that no request runs on rights of before.
  public OperatorRow changeRole(int site, long number, Role next, String by, Instant at) {
    OperatorRow row = existing(site, number);
    OperatorRow changed = row.with(row.operator().in(next));
    var unit = new CommitUnit().putOperator(changed);
    endSessions(unit, row, new Session.Event.RoleChanged(at), Optional.empty());
    commit(unit, site, new AuditEntry(at, by, "OPERATOR_ROLE", object(row.operator()),
        "role=" + row.operator().role(), "role=" + next, ""));
    return changed;
  }

  /// The same password, hashed with today's cost. Changes nothing if it is another one by now.
  ///
  /// @param before as it was when it was compared
  public void rehash(int site, long number, String before, String after) {
    OperatorRow row = existing(site, number);
    if (row.password().equals(before)) {
      commit(new CommitUnit().putOperator(row.withHash(after)));
    }
  }

  /// Another password, authenticator and recovery codes for somebody who lost his; all his sessions end.
  ///
  /// @param made for the same name
  public OperatorRow reset(int site, long number, Newcomer made, String by, Instant at) {
    OperatorRow row = existing(site, number);
    var next = new OperatorRow(row.operator(), made.password(), made.totp(), made.recovery(),
        SignIn.Guard.FRESH, true, at.toEpochMilli());
    var unit = new CommitUnit().putOperator(next);
    endSessions(unit, row, new Session.Event.PasswordChanged(at), Optional.empty());
    commit(unit, site, new AuditEntry(at, by, "OPERATOR_RESET", object(row.operator()), "", "", ""));
    return next;
  }

  /// The operator works here no more.
  public OperatorRow leave(int site, long number, String by, Instant at) {
    OperatorRow row = existing(site, number);
    OperatorRow left = row.with(row.operator().left());
    var unit = new CommitUnit().putOperator(left);
    endSessions(unit, row, new Session.Event.OperatorLeft(at), Optional.empty());
    commit(unit, site,
        new AuditEntry(at, by, "OPERATOR_LEAVE", object(row.operator()), "active", "left", ""));
    return left;
  }

  /// Lifts the lock that wrong tries brought.
  public void unlock(int site, long number, String by, Instant at) {
    OperatorRow row = existing(site, number);
    SignIn.Step step = SignIn.step(rules, row.guard(), new SignIn.Event.Unlocked(at));
    commit(new CommitUnit().putOperator(row.with(step.guard())), site,
        new AuditEntry(at, by, "OPERATOR_UNLOCK", object(row.operator()), "", "", ""));
  }

  private void endSessions(CommitUnit unit, OperatorRow row, Session.Event event, Optional<Hash> but) {
    Operator operator = row.operator();
    for (Session.State open : memory.reads().openSessions(operator.site(), operator.number())) {
      boolean here = open instanceof Session.State.Active active
          && but.filter(active.token()::equals).isPresent();
      if (!here) {
        unit.putSession(Session.step(rules, open, event));
      }
    }
  }

  /// @throws RefusedException OPERATOR_UNKNOWN
  public OperatorRow existing(int site, long number) {
    return memory.reads().operator(site, number)
        .orElseThrow(() -> new RefusedException("OPERATOR_UNKNOWN", "no operator " + number));
  }

  private void note(OperatorRow row, SignIn.Step step, CommitUnit unit, Instant at) {
    switch (step.noted()) {
      case NOTHING -> commit(unit);
      case FAILED -> commit(unit, row.operator().site(), entry(row, "SIGN_IN_FAILED", at, "", ""));
      case FAILED_AND_LOCKED -> commit(unit, row.operator().site(),
          entry(row, "SIGN_IN_LOCKED", at, "", "locked until " + step.guard().lockedUntil()));
      case TRIED_WHILE_LOCKED ->
        commit(unit, row.operator().site(), entry(row, "SIGN_IN_WHILE_LOCKED", at, "", ""));
      case SIGNED_IN -> commit(unit, row.operator().site(), entry(row, "SIGN_IN", at, "", ""));
      case UNLOCKED -> commit(unit, row.operator().site(), entry(row, "OPERATOR_UNLOCK", at, "", ""));
    }
  }

  private static AuditEntry entry(OperatorRow row, String action, Instant at, String before, String after) {
    return new AuditEntry(at, row.operator().name(), action, object(row.operator()), before, after, "");
  }

  private static String object(Operator operator) {
    return "operator " + operator.number() + " " + operator.name();
  }

  private void commit(CommitUnit unit, int site, AuditEntry entry) {
    commit(unit.appendAudit(memory.reads().auditChain(site).append(entry)));
  }

  private void commit(CommitUnit unit) {
    RefusedException.unlessCommitted(memory.commit(unit));
  }
}
