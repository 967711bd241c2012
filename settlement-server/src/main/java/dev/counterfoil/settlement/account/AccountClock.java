package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What only time does to accounts (ACC-13): closes what nobody activated, what was frozen or lost for too long and what
/// is over after giving back what is in it, and tells terminals when a permission begins or ends. One that cannot be closed because there is something in
/// it is looked at again and stands in the exception queue meanwhile; nobody's money is lost to a clock. Belongs to the
/// core's thread.
public final class AccountClock {

  /// Accounts looked at in one unit; what does not fit is due at the next call.
  private static final int AT_ONCE = 200;
  /// After a hold has ended by itself it is worth another look.
  private static final Duration HOLDS_AGAIN = Duration.ofMinutes(15);
  private static final Duration MONEY_AGAIN = Duration.ofDays(1);

  private final StoreMemory memory;
  private final AccountChanges changes;
  private final ExpiryReturn returns;

  AccountClock(StoreMemory memory, AccountChanges changes) {
    this.memory = memory;
    this.changes = changes;
    this.returns = new ExpiryReturn(memory);
  }

  /// Looks at the accounts that are due. Call about once a second: an index finds them, none is read that is not due.
  ///
  /// @return how many were looked at; 0 also when the books moved, and then they stay due
  public int run(int site, long nowMs) {
    List<AccountProfileRow> due = memory.reads().profiles().profilesDue(site, nowMs, AT_ONCE);
    if (due.isEmpty()) {
      return 0;
    }
    var unit = new AccountUnit(memory, site, nowMs);
    for (AccountProfileRow profile : due) {
      look(unit, new AccountStanding(changes.existing(site, profile.account()), profile));
    }
    return unit.isCommitted() ? due.size() : 0;
  }

  private void look(AccountUnit unit, AccountStanding standing) {
    Optional<AccountEvent> event = AccountTimer.due(standing, changes.rules(), unit.books().nowMs());
    if (event.isEmpty()) {
      changes.put(unit, standing);
      return;
    }
    if (event.get() instanceof AccountEvent.Expired) {
      returns.giveBack(unit, standing);
    }
    Optional<ClosingRule> refusal = AccountChanges.closingRefusal(unit, standing.row());
    if (refusal.isEmpty()) {
      changes.step(unit, standing, event.get());
    } else {
      later(unit, stopped(unit, standing, event.get()), refusal.get());
    }
  }

  /// An account whose last day is over buys nothing more, whatever is still in it.
  private AccountStanding stopped(AccountUnit unit, AccountStanding standing, AccountEvent event) {
    return event instanceof AccountEvent.Expired && standing.status() == AccountStatus.NORMAL
        ? changes.step(unit, standing, new AccountEvent.Frozen(FreezeKind.ADMINISTRATIVE, "expired"))
        : standing;
  }

  private void later(AccountUnit unit, AccountStanding standing, ClosingRule refusal) {
    long nowMs = unit.books().nowMs();
    switch (refusal) {
      case ACCOUNT_HAS_HOLDS -> changes.put(unit, standing, nowMs + HOLDS_AGAIN.toMillis());
      case ACCOUNT_NOT_EMPTY -> {
        AccountRow row = standing.row();
        long balance = new Purses(unit.books(), row).balance();
        unit.books().raise(ExceptionKind.CLOSING_WITH_BALANCE, row.account() + ":"
            + standing.profile().changedMs(), 0, 0, Optional.empty(), row.account(), balance,
            "account " + row.number() + " is to be closed and has " + balance);
        changes.put(unit, standing, nowMs + MONEY_AGAIN.toMillis());
      }
    }
  }
}
