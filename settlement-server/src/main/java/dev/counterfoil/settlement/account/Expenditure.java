package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountReads;
import dev.counterfoil.settlement.store.AccountRow;

/// What a department spends at once (ACC-04): beyond the site's figure two people must have agreed, one after the other.
public final class Expenditure {

  private Expenditure() {}

  /// @param amount minor units
  public static boolean takesTwo(AccountReads profiles, AccountRules rules, AccountRow account, long amount) {
    return amount > rules.departmentAloneMinor() && profiles.profile(account.site(), account.account())
        .filter(profile -> profile.kind() == AccountKind.DEPARTMENT).isPresent();
  }
}
