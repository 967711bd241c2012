package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.store.UnfreezeKind;
import java.util.Optional;

/// Which state of an account follows which (SM-01). Closed is final; what is not listed is refused.
///
/// | from | event | to |
/// | --- | --- | --- |
/// | pending | approved, where accounts activate themselves | normal |
/// | pending, approved | activated, first recharge | normal |
/// | pending | rejected, timed out, closed | closed |
/// | normal | frozen / loss reported / closed, expired | frozen / lost / closed |
/// | frozen | unfrozen / timed out, closed, expired | normal / closed |
/// | lost | loss lifted / timed out, closed, expired | normal / closed |
///
/// Whether there is nothing left in an account that is to be closed is {@link ClosingRule}'s question.
final class AccountLife {

  private AccountLife() {}

  /// @throws RefusedException ACCOUNT_TRANSITION if this may not happen to an account in this state;
  ///     REASON_MISSING if a reason is missing
  static AccountStanding step(AccountStanding from, AccountEvent event, AccountRules rules, long nowMs) {
    boolean pending = from.status() == AccountStatus.PENDING;
    boolean approved = from.profile().approved();
    Optional<AccountStanding> next = switch (event) {
      case AccountEvent.Approved _ -> when(pending && !approved, approve(from, rules, nowMs));
      case AccountEvent.Rejected(var reason) -> when(pending && !approved, close(from, reason, nowMs));
      case AccountEvent.Activated _ -> when(pending && approved, normal(from, "", nowMs));
      case AccountEvent.Recharged _ -> when(!pending || approved, recharge(from, nowMs));
      case AccountEvent.Frozen(var kind, var reason) -> when(is(from, AccountStatus.NORMAL),
          from.moved(AccountStatus.FROZEN, kind, reason, nowMs));
      case AccountEvent.Unfrozen(var how, var reason) -> when(is(from, AccountStatus.FROZEN),
          normal(from, word(how) + reason, nowMs));
      case AccountEvent.LossReported(var reason) -> when(is(from, AccountStatus.NORMAL),
          from.moved(AccountStatus.LOST, null, reason, nowMs));
      case AccountEvent.LossLifted(var reason) -> when(is(from, AccountStatus.LOST),
          normal(from, reason, nowMs));
      case AccountEvent.Closed(var reason) -> when(!is(from, AccountStatus.CANCELLED),
          close(from, reason, nowMs));
      case AccountEvent.TimedOut _ -> when(pending || is(from, AccountStatus.FROZEN)
          || is(from, AccountStatus.LOST), close(from, from.status() + " for too long", nowMs));
      case AccountEvent.Expired _ -> when(!is(from, AccountStatus.CANCELLED),
          close(from, "expired", nowMs));
    };
    if (isReasonMissing(event)) {
      throw new RefusedException("REASON_MISSING", "say why: it is kept");
    }
    return next.orElseThrow(() -> new RefusedException("ACCOUNT_TRANSITION", "account " + from.row().number()
        + " is " + from.status() + (pending && !approved ? ", waits for approval," : "")
        + " and cannot be " + event.name()));
  }

  /// Freezing, unfreezing and turning somebody down are explained (FRZ-03, ACC-07).
  private static boolean isReasonMissing(AccountEvent event) {
    return switch (event) {
      case AccountEvent.Rejected(var reason) -> reason.isBlank();
      case AccountEvent.Frozen(_, var reason) -> reason.isBlank();
      case AccountEvent.Unfrozen(_, var reason) -> reason.isBlank();
      case AccountEvent.Approved _,AccountEvent.Activated _,AccountEvent.Recharged _,AccountEvent.LossReported _,AccountEvent.LossLifted _,AccountEvent.Closed _,AccountEvent.TimedOut _,AccountEvent.Expired _ ->
        false;
    };
  }

  private static AccountStanding approve(AccountStanding from, AccountRules rules, long nowMs) {
    var approved = new AccountStanding(from.row(), from.profile().withApproved(true));
    return rules.autoActivate() ? normal(approved, "", nowMs)
        : approved.moved(AccountStatus.PENDING, null, "", nowMs);
  }

  private static AccountStanding recharge(AccountStanding from, long nowMs) {
    return is(from, AccountStatus.PENDING) ? normal(from, "", nowMs) : from;
  }

  private static AccountStanding normal(AccountStanding from, String reason, long nowMs) {
    return from.moved(AccountStatus.NORMAL, null, reason, nowMs);
  }

  private static AccountStanding close(AccountStanding from, String reason, long nowMs) {
    return from.moved(AccountStatus.CANCELLED, null, reason, nowMs);
  }

  private static String word(UnfreezeKind how) {
    return how + ": ";
  }

  private static boolean is(AccountStanding standing, AccountStatus status) {
    return standing.status() == status;
  }

  private static Optional<AccountStanding> when(boolean allowed, AccountStanding next) {
    return allowed ? Optional.of(next) : Optional.empty();
  }
}
