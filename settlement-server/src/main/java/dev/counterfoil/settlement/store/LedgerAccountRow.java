package dev.counterfoil.settlement.store;

import java.time.LocalDate;
import java.time.YearMonth;

/// One ledger account of one asset: a cache of its transfers, compared with them by the ledger verification.
///
/// @param ledger 1 or more, rises within the site
/// @param owner see {@link LedgerKind}
/// @param asset currency code or another asset's code
/// @param postedDebits sum of debits, minor units, never negative
/// @param postedCredits sum of credits, minor units, never negative
/// @param held sum of open holds, minor units
/// @param floor least `available` that a purchase may leave, minor units
/// @param version rises with every write
/// @param spentDay day number (server time) that `spentToday` belongs to
/// @param spentToday purchases less voids of that day, minor units
/// @param spentThisMonth the same of that day's month
public record LedgerAccountRow(
    int site,
    long ledger,
    LedgerKind kind,
    long owner,
    String asset,
    long postedDebits,
    long postedCredits,
    long held,
    long floor,
    long version,
    long spentDay,
    long spentToday,
    long spentThisMonth) {

  /// An account without any movement.
  public static LedgerAccountRow empty(int site, long ledger, LedgerKind kind, long owner, String asset) {
    return new LedgerAccountRow(site, ledger, kind, owner, asset, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /// What was spent in the month that a day belongs to.
  public long spentInMonthOf(long day) {
    return day == spentDay
        || YearMonth.from(LocalDate.ofEpochDay(day)).equals(YearMonth.from(LocalDate.ofEpochDay(spentDay)))
            ? spentThisMonth
            : 0;
  }

  /// Credits less debits: what the owner has, or negative what the account's owner owes.
  public long balance() {
    return Math.subtractExact(postedCredits, postedDebits);
  }

  /// Balance net of open holds.
  public long available() {
    return Math.subtractExact(balance(), held);
  }
}
