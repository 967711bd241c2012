package dev.counterfoil.settlement.signin;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.PasswordGate;
import dev.counterfoil.settlement.operator.SessionToken;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.secret.Totp;
import dev.counterfoil.settlement.staff.Cells;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Signing in as callers see it: password, then code, then a token. Comparing a password takes memory and time, so only a
/// few are compared at once; more wait their turn, and nobody else does. Thread-safe; methods block.
public final class SignInService {

  private static final int AT_ONCE = 2;
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  private final CoreAccess core;
  private final PasswordHash passwords;
  private final SealedColumn sealed;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final PasswordGate gate;
  private final SignInRules rules;
  private final Semaphore comparing = new Semaphore(AT_ONCE, true);
  private final Tickets tickets = new Tickets();

  /// @param random a cryptographically strong generator outside of tests
  public SignInService(CoreAccess core, PasswordHash passwords, SealedColumn sealed, SignInRules rules,
      InstantSource clock, RandomGenerator random) {
    this.core = core;
    this.passwords = passwords;
    this.sealed = sealed;
    this.clock = clock;
    this.random = random;
    this.rules = rules;
    this.gate = new PasswordGate(passwords, passwords.decoy(), rules);
  }

  /// A live session.
  ///
  /// @param passwordDue it may change the password and nothing else
  public record SignedIn(SessionToken token, Operator operator, boolean passwordDue) {}

  public SignInRules rules() {
    return rules;
  }

  /// The first half.
  ///
  /// @param typed wiped when this returns
  /// @return a ticket for the second half, good for two minutes
  /// @throws RefusedException SIGN_IN_REFUSED, whatever the reason
  public String password(SettlementReads reads, int site, String name, char[] typed) {
    Optional<OperatorRow> row = reads.operator(site, name);
    Instant now = clock.instant();
    try {
      PasswordGate.Tried tried = compared(
          () -> gate.tryPassword(row.map(SignInService::known).orElse(null), typed, now));
      if (row.isEmpty()) {
        throw refused();
      }
      long number = row.get().operator().number();
      SignIn.Answer answer = core
          .call(server -> server.operators().passwordTried(site, number, tried.right(), now));
      return switch (answer) {
        case SignIn.Answer.WantsCode(SignIn.Pending pending) -> {
          if (tried.rehash()) {
            rehash(site, number, row.get().password(), typed);
          }
          yield tickets.issue(new Tickets.Holder(site, pending), random, now);
        }
        case SignIn.Answer.Refused _,SignIn.Answer.SignedIn _ -> throw refused();
      };
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /// The cost was raised since this password was hashed, and now is when it is at hand.
  private void rehash(int site, long number, String before, char[] typed) {
    String after = compared(() -> passwords.hash(typed));
    core.call(server -> {
      server.operators().rehash(site, number, before, after);
      return after;
    });
  }

  /// The second half.
  ///
  /// @param ticket   as {@link #password} gave it
  /// @param typed    a one-time code or a recovery code
  /// @throws RefusedException SIGN_IN_REFUSED; the ticket stays good for another try
  public SignedIn code(SettlementReads reads, String ticket, String typed) {
    Instant now = clock.instant();
    Tickets.Holder holder = tickets.find(ticket, now).orElseThrow(SignInService::refused);
    OperatorRow row = byNumber(reads, holder.site(), holder.pending().operator());
    SessionToken token = SessionToken.create(random);
    SignIn.Answer answer = CODE.matcher(typed.strip()).matches()
        ? oneTime(holder, row, typed.strip(), token, now)
        : core.call(server -> server.operators().recoveryTried(holder.site(), holder.pending(), typed,
            token, now));
    return switch (answer) {
      case SignIn.Answer.SignedIn _ -> {
        tickets.remove(ticket);
        yield new SignedIn(token, row.operator(), row.isPasswordDue(rules, now));
      }
      case SignIn.Answer.Refused _,SignIn.Answer.WantsCode _ -> throw refused();
    };
  }

  private SignIn.Answer oneTime(Tickets.Holder holder, OperatorRow row, String typed, SessionToken token,
      Instant now) {
    Operator operator = row.operator();
    var totp = new Totp(
        HexFormat.of().parseHex(sealed.open(Cells.totp(operator.site(), operator.name()), row.totp())));
    OptionalLong step = totp.match(typed, now, row.guard().lastStep());
    return core
        .call(server -> server.operators().codeTried(holder.site(), holder.pending(), step, token, now));
  }

  /// Another password for somebody who is signed in.
  ///
  /// @param old  compared as a try to sign in is, so that an unattended screen is not enough; wiped
  /// @param next wiped
  /// @throws RefusedException SIGN_IN_REFUSED, PASSWORD_RULE
  public void changePassword(SettlementReads reads, Operator operator, Hash here, char[] old,
      char[] next) {
    Instant now = clock.instant();
    OperatorRow row = byNumber(reads, operator.site(), operator.number());
    boolean right = compared(() -> gate.tryPassword(known(row), old, now)).right();
    boolean same = Arrays.equals(old, next);
    Arrays.fill(old, '\0');
    SignIn.Answer answer = core
        .call(server -> server.operators().passwordTried(operator.site(), operator.number(), right, now));
    if (!(answer instanceof SignIn.Answer.WantsCode)) {
      throw refused();
    }
    if (!rules.admits(next)) {
      throw new RefusedException("PASSWORD_RULE", rules.inWords());
    }
    if (same) {
      throw new RefusedException("PASSWORD_RULE", "a new password is not the one before");
    }
    String hash = compared(() -> passwords.hash(next));
    Arrays.fill(next, '\0');
    core.call(server -> {
      server.operators().changePassword(operator.site(), operator.number(), hash, here, now);
      return hash;
    });
  }

  private static PasswordGate.Known known(OperatorRow row) {
    return new PasswordGate.Known(row.operator(), row.password(), row.guard());
  }

  private <T> T compared(Supplier<T> work) {
    comparing.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      comparing.release();
    }
  }

  private static OperatorRow byNumber(SettlementReads reads, int site, long number) {
    return reads.operator(site, number).orElseThrow(SignInService::refused);
  }

  private static RefusedException refused() {
    return new RefusedException("SIGN_IN_REFUSED", "name, password or code is wrong, or too many were tried");
  }
}
