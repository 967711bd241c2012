package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.policy.AccountStatus;

/// A holder's account in the sense of the requirements; its money is in the ledger account `cashLedger`.
///
/// @param account 1 or more, rises within the site
/// @param number what people read, `ACCT` and ten digits
/// @param restricted after an offline overdraft: no new purchase until an operator lifts it
/// @param maySpend permission to consume (PAY-08)
/// @param perTapMinor limit of one purchase, 0 = the site's
/// @param perDayMinor limit of one day, 0 = the site's
/// @param currency ISO 4217
public record AccountRow(
    int site,
    long account,
    String number,
    String holderName,
    AccountStatus status,
    boolean restricted,
    boolean maySpend,
    boolean enableOffline,
    long perTapMinor,
    long perDayMinor,
    String currency,
    long cashLedger) {

  public AccountRow withStatus(AccountStatus next) {
    return new AccountRow(site, account, number, holderName, next, restricted, maySpend, enableOffline,
        perTapMinor,
        perDayMinor, currency, cashLedger);
  }

  public AccountRow withRestricted(boolean next) {
    return new AccountRow(site, account, number, holderName, status, next, maySpend, enableOffline,
        perTapMinor,
        perDayMinor, currency, cashLedger);
  }

  public AccountRow withEnableOffline(boolean next) {
    return new AccountRow(site, account, number, holderName, status, restricted, maySpend, next, perTapMinor,
        perDayMinor, currency, cashLedger);
  }

  public AccountRow withMaySpend(boolean next) {
    return new AccountRow(site, account, number, holderName, status, restricted, next, enableOffline,
        perTapMinor,
        perDayMinor, currency, cashLedger);
  }
}
