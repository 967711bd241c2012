package dev.counterfoil.settlement.ledger;

import java.util.Locale;

/// What a new account begins with (CFG-01, CFG-04, ACC-09, ACC-10); the defaults are the requirements'. A pure value.
///
/// @param balanceMinor initial balance of an account for which nobody names one, minor units; not where openings need an
/// approval, because an application has no money
/// @param creditMinor credit limit of an account for which nobody names one, minor units
/// @param normal status 1; else it is pending until it is activated, as without {@link AccountRules#autoActivate}
/// @param numbered its number for people is made here; else whoever opens it names one
/// @param prefix of a number that is made here
/// @param digits behind the prefix, 1 to 18
public record NewAccounts(long balanceMinor, long creditMinor, boolean normal, boolean numbered,
    String prefix,
    int digits) {

  public static final NewAccounts DEFAULT = new NewAccounts(0, 0, true, true, "ACCT", 10);

  /// What people read of an account, such as `ACCT0000000017`.
  public String number(long account) {
    return prefix + String.format(Locale.ROOT, "%0" + digits + "d", account);
  }
}
