package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.OwnerKind;
import java.util.regex.Pattern;

/// What somebody who opens an account says about it (ACC-07).
///
/// @param owner the owner's number or name in the house's own books; empty if nobody says, then nobody counts
/// @param holderName for people
/// @param accountName for people, may be empty
/// @param openingMinor initial balance, 0 or more, minor units, or {@link #SITES}
/// @param creditMinor credit limit (ACC-21), 0 or more, minor units, or {@link #SITES}
/// @param main the account that a temporary or project account gives its balance back to, 0 for none
/// @param expiresMs when a temporary account or a project ends, 0 for never
/// @param number what people read of it, where the site does not make one (CFG-04); else empty
public record Opening(AccountKind kind, OwnerKind ownerKind, String owner, String holderName,
    String accountName, boolean enableOffline, long openingMinor, long creditMinor, long main,
    long expiresMs, String number) {

  /// Nobody names an amount: the site's setting holds (CFG-01).
  public static final long SITES = -1;

  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,50}");

  public Opening(AccountKind kind, OwnerKind ownerKind, String owner, String holderName, String accountName,
      boolean enableOffline, long openingMinor, long creditMinor, long main, long expiresMs) {
    this(kind, ownerKind, owner, holderName, accountName, enableOffline, openingMinor, creditMinor, main,
        expiresMs, "");
  }

  /// What the account begins with, minor units: where nobody named it, the site's, but for applications.
  public long begins(AccountRules rules) {
    if (openingMinor != SITES) {
      return openingMinor;
    }
    return rules.requireApproval() ? 0 : rules.initial().balanceMinor();
  }

  /// The same with the site's amounts where nobody named one.
  Opening with(AccountRules rules) {
    return new Opening(kind, ownerKind, owner, holderName, accountName, enableOffline, begins(rules),
        creditMinor == SITES ? rules.initial().creditMinor() : creditMinor, main, expiresMs, number);
  }

  /// A personal account of somebody nobody counts.
  public static Opening personal(String holderName, boolean enableOffline, long openingMinor) {
    return new Opening(AccountKind.PERSONAL, OwnerKind.EMPLOYEE, "", holderName, "", enableOffline,
        openingMinor, 0, 0, 0);
  }

  /// @throws RefusedException PARAMETER_ERROR if this makes no sense at `nowMs`
  void check(long nowMs) {
    if (openingMinor < 0 || creditMinor < 0 || holderName.isBlank()) {
      throw new RefusedException("PARAMETER_ERROR",
          "an account needs a name, and an opening balance and credit limit of 0 or more");
    }
    boolean mayEnd = kind == AccountKind.TEMPORARY || kind == AccountKind.PROJECT;
    boolean over = expiresMs != 0 && expiresMs <= nowMs;
    if (over || kind == AccountKind.TEMPORARY && expiresMs == 0) {
      throw new RefusedException("PARAMETER_ERROR", "a temporary account needs a last day to come");
    }
    if (!mayEnd && (expiresMs != 0 || main != 0)) {
      throw new RefusedException("PARAMETER_ERROR",
          "only a temporary or project account has a last day and a main account");
    }
    if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
      throw new RefusedException("PARAMETER_ERROR", "an account number is of 1 to 50 of A-Z a-z 0-9 _ -");
    }
  }
}
