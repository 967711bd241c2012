package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.OwnerKind;

/// What somebody who opens an account says about it (ACC-07).
///
/// @param owner the owner's number or name in the house's own books; empty if nobody says, then nobody counts
/// @param holderName for people
/// @param accountName for people, may be empty
/// @param openingMinor initial balance, 0 or more, minor units
/// @param creditMinor credit limit (ACC-21), 0 or more, minor units
/// @param main the account that a temporary one gives its balance back to, 0 for none
/// @param expiresMs when a temporary account ends; 0 for any other kind
public record Opening(AccountKind kind, OwnerKind ownerKind, String owner, String holderName,
    String accountName, boolean enableOffline, long openingMinor, long creditMinor, long main,
    long expiresMs) {

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
    boolean temporary = kind == AccountKind.TEMPORARY;
    if (temporary ? expiresMs <= nowMs : expiresMs != 0 || main != 0) {
      throw new RefusedException("PARAMETER_ERROR", temporary ? "a temporary account needs a last day to come"
          : "only a temporary account has a last day and a main account");
    }
  }
}
