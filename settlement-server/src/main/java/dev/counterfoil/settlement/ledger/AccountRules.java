package dev.counterfoil.settlement.ledger;

import java.time.Duration;

/// What an operator may set about accounts; the defaults are the requirements'.
///
/// @param requireApproval a new account waits for somebody's approval (ACC-08)
/// @param autoActivate an approved account is normal at once (ACC-10), else with its first recharge
/// @param perOwner accounts of one owner that are not closed (ACC-11)
/// @param activateWithin age at which an account that nobody activated is closed
/// @param frozenAtMost time after which a frozen account is closed
/// @param lostAtMost time after which a loss-reported account is closed
/// @param perMonthMinor largest sum of one account's purchases in one month (LIM-03), minor units
/// @param initial what a new one begins with
/// @param departmentAloneMinor the most that a department spends at once without two approvals (ACC-04, A-47), minor units
/// @param classes of cards
public record AccountRules(boolean requireApproval, boolean autoActivate, int perOwner,
    Duration activateWithin, Duration frozenAtMost, Duration lostAtMost, long perMonthMinor,
    NewAccounts initial, long departmentAloneMinor, CardClasses classes) {

  public static final AccountRules DEFAULT = new AccountRules(false, true, 3, Duration.ofDays(30),
      Duration.ofDays(180), Duration.ofDays(90), 2_000_000, NewAccounts.DEFAULT, 100_000,
      CardClasses.UNNAMED);

  public AccountRules withRequireApproval(boolean next) {
    return new AccountRules(next, autoActivate, perOwner, activateWithin, frozenAtMost, lostAtMost,
        perMonthMinor, initial, departmentAloneMinor, classes);
  }

  public AccountRules withAutoActivate(boolean next) {
    return new AccountRules(requireApproval, next, perOwner, activateWithin, frozenAtMost, lostAtMost,
        perMonthMinor, initial, departmentAloneMinor, classes);
  }

  public AccountRules withInitial(NewAccounts next) {
    return new AccountRules(requireApproval, autoActivate, perOwner, activateWithin, frozenAtMost, lostAtMost,
        perMonthMinor, next, departmentAloneMinor, classes);
  }

  public AccountRules withDepartmentAlone(long next) {
    return new AccountRules(requireApproval, autoActivate, perOwner, activateWithin, frozenAtMost, lostAtMost,
        perMonthMinor, initial, next, classes);
  }

  public AccountRules withClasses(CardClasses next) {
    return new AccountRules(requireApproval, autoActivate, perOwner, activateWithin, frozenAtMost, lostAtMost,
        perMonthMinor, initial, departmentAloneMinor, next);
  }
}
