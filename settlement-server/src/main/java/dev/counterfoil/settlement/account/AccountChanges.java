package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.StoreMemory;
import java.util.List;
import java.util.Optional;

/// Writes what {@link AccountLife} decides: both rows, the log, and when the clock must look again.
final class AccountChanges {

  private final StoreMemory memory;
  private final AccountRules rules;

  AccountChanges(StoreMemory memory, AccountRules rules) {
    this.memory = memory;
    this.rules = rules;
  }

  AccountRules rules() {
    return rules;
  }

  /// @throws RefusedException ACCOUNT_UNKNOWN
  AccountRow existing(int site, long account) {
    return memory.site(site).account(account).orElseThrow(
        () -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + account + " at site " + site));
  }

  /// @throws RefusedException ACCOUNT_UNKNOWN
  AccountStanding standing(int site, long account) {
    AccountRow row = existing(site, account);
    AccountProfileRow profile = memory.reads().profiles().profile(site, account)
        .orElseThrow(() -> new IllegalStateException("account " + account + " has no profile"));
    return new AccountStanding(row, profile);
  }

  /// One step of SM-01. Closing is refused while there is something in the account.
  ///
  /// @throws RefusedException ACCOUNT_TRANSITION, REASON_MISSING, ACCOUNT_NOT_EMPTY, ACCOUNT_HAS_HOLDS
  AccountStanding step(AccountUnit unit, AccountStanding from, AccountEvent event) {
    AccountStanding next = AccountLife.step(from, event, rules, unit.books().nowMs());
    if (next.status() == AccountStatus.CANCELLED) {
      closingRefusal(unit, from.row()).ifPresent(refusal -> {
        throw refused(refusal, from.row());
      });
    }
    unit.unit().logAccount(from.logged(event.name(), next, unit.books().nowMs()));
    return put(unit, next);
  }

  static Optional<ClosingRule> closingRefusal(AccountUnit unit, AccountRow row) {
    long reserved = unit.books().balance(row.cashLedger()) - unit.books().available(row.cashLedger());
    return ClosingRule.refusal(new Purses(unit.books(), row).balance(), reserved);
  }

  private static RefusedException refused(ClosingRule refusal, AccountRow row) {
    return switch (refusal) {
      case ACCOUNT_NOT_EMPTY -> new RefusedException("ACCOUNT_NOT_EMPTY",
          "account " + row.number() + " still has a balance, or owes one");
      case ACCOUNT_HAS_HOLDS -> new RefusedException("ACCOUNT_HAS_HOLDS",
          "an amount of account " + row.number() + " is reserved");
    };
  }

  /// Writes both rows as they are now, lets terminals know and sets the clock.
  AccountStanding put(AccountUnit unit, AccountStanding standing) {
    return put(unit, standing, permissions(standing.row()));
  }

  AccountStanding put(AccountUnit unit, AccountStanding standing, List<PermissionRow> permissions) {
    return put(unit, standing, AccountTimer.next(standing, permissions, rules, unit.books().nowMs()));
  }

  AccountStanding put(AccountUnit unit, AccountStanding standing, long dueMs) {
    var timed = new AccountStanding(standing.row(), standing.profile().withDueMs(dueMs));
    unit.books().put(timed.row());
    unit.unit().putProfile(timed.profile());
    return timed;
  }

  List<PermissionRow> permissions(AccountRow row) {
    return row.guarded() ? memory.site(row.site()).permissions(row.account()) : List.of();
  }
}
