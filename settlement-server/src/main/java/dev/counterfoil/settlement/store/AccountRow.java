package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.policy.AccountStatus;

/// A holder's account in the sense of the requirements; its money is in the ledger account `cashLedger`.
///
/// @param account 1 or more, rises within the site
/// @param number what people read, `ACCT` and ten digits
/// @param restricted after an offline overdraft: no new purchase until an operator lifts it
/// @param maySpend permission to consume (PAY-08)
/// @param enableOnline purchases that the server decides (ACC-18)
/// @param enableOffline purchases that a terminal decides alone (ACC-18, OFF-06)
/// @param perTapMinor limit of one purchase, 0 = the site's
/// @param perDayMinor limit of one day, 0 = the site's
/// @param perMonthMinor limit of one month, 0 = the site's
/// @param guarded it has rows of permissions, which must be asked too
/// @param subsidised it was granted subsidies, which are spent first
/// @param currency ISO 4217
/// @param terms by which terminals price what it buys
public record AccountRow(
    int site,
    long account,
    String number,
    String holderName,
    AccountStatus status,
    boolean restricted,
    boolean maySpend,
    boolean enableOnline,
    boolean enableOffline,
    long perTapMinor,
    long perDayMinor,
    long perMonthMinor,
    boolean guarded,
    boolean subsidised,
    String currency,
    long cashLedger,
    PriceTerms terms) {

  public AccountRow withStatus(AccountStatus next) {
    return new AccountRow(site, account, number, holderName, next, restricted, maySpend, enableOnline,
        enableOffline, perTapMinor, perDayMinor, perMonthMinor, guarded, subsidised, currency, cashLedger,
        terms);
  }

  public AccountRow withRestricted(boolean next) {
    return new AccountRow(site, account, number, holderName, status, next, maySpend, enableOnline,
        enableOffline, perTapMinor, perDayMinor, perMonthMinor, guarded, subsidised, currency, cashLedger,
        terms);
  }

  public AccountRow withMaySpend(boolean next) {
    return new AccountRow(site, account, number, holderName, status, restricted, next, enableOnline,
        enableOffline, perTapMinor, perDayMinor, perMonthMinor, guarded, subsidised, currency, cashLedger,
        terms);
  }

  public AccountRow withChannels(boolean online, boolean offline) {
    return new AccountRow(site, account, number, holderName, status, restricted, maySpend, online, offline,
        perTapMinor, perDayMinor, perMonthMinor, guarded, subsidised, currency, cashLedger, terms);
  }

  public AccountRow withLimits(long perTap, long perDay, long perMonth) {
    return new AccountRow(site, account, number, holderName, status, restricted, maySpend, enableOnline,
        enableOffline, perTap, perDay, perMonth, guarded, subsidised, currency, cashLedger, terms);
  }

  public AccountRow withGuarded(boolean next) {
    return new AccountRow(site, account, number, holderName, status, restricted, maySpend, enableOnline,
        enableOffline, perTapMinor, perDayMinor, perMonthMinor, next, subsidised, currency, cashLedger,
        terms);
  }

  public AccountRow withSubsidised(boolean next) {
    return new AccountRow(site, account, number, holderName, status, restricted, maySpend, enableOnline,
        enableOffline, perTapMinor, perDayMinor, perMonthMinor, guarded, next, currency, cashLedger, terms);
  }

  public AccountRow withTerms(PriceTerms next) {
    return new AccountRow(site, account, number, holderName, status, restricted, maySpend, enableOnline,
        enableOffline, perTapMinor, perDayMinor, perMonthMinor, guarded, subsidised, currency, cashLedger,
        next);
  }
}
