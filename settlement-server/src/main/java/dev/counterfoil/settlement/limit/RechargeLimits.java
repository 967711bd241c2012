package dev.counterfoil.settlement.limit;

import java.util.Optional;

/// What the site allows at most of one account's recharges (RCH-09, LIM-07 to LIM-09). The default is the
/// requirements'. A pure value.
///
/// @param leastMinor smallest recharge, minor units
/// @param mostMinor largest recharge, minor units
/// @param perDayMinor sum of one account's recharges at a desk on one day of the site, minor units, 0 for no limit: the
/// larger figure of C-06, for what an operator enters
/// @param perDayCount recharges of one account on one day of the site, 0 for no limit
/// @param terms what each method costs and when its money arrives
public record RechargeLimits(long leastMinor, long mostMinor, long perDayMinor, int perDayCount,
    RechargeTerms terms) {

  public static final RechargeLimits DEFAULT = new RechargeLimits(100, 1_000_000, 5_000_000, 10);

  public RechargeLimits(long leastMinor, long mostMinor, long perDayMinor, int perDayCount) {
    this(leastMinor, mostMinor, perDayMinor, perDayCount, RechargeTerms.DEFAULT);
  }

  /// Why a recharge is refused. Stable codes; those of a day are over on the next one.
  public enum Refusal {
    RECHARGE_LIMIT("outside `recharge.least-minor` to `recharge.most-minor`"),
    RECHARGE_DAY_LIMIT("more than `recharge.per-day-minor` into one account on one day"),
    RECHARGE_SELF_LIMIT(
        "more than `recharge.self-service-per-day-minor` into one account on one day without a desk"),
    RECHARGE_COUNT("more than `recharge.per-day-count` recharges of one account on one day");

    private final String meaning;

    Refusal(String meaning) {
      this.meaning = meaning;
    }

    /// For the operator, one line.
    public String meaning() {
      return meaning;
    }
  }

  /// @param amount minor units
  /// @param sumToday recharges of the account on this day of the site so far, minor units
  /// @param countToday their number
  public Optional<Refusal> refusal(long amount, long sumToday, long countToday) {
    if (amount < leastMinor || amount > mostMinor) {
      return Optional.of(Refusal.RECHARGE_LIMIT);
    }
    if (perDayCount > 0 && countToday >= perDayCount) {
      return Optional.of(Refusal.RECHARGE_COUNT);
    }
    return perDayMinor > 0 && Math.addExact(sumToday, amount) > perDayMinor
        ? Optional.of(Refusal.RECHARGE_DAY_LIMIT)
        : Optional.empty();
  }

  /// The same for a method that needs no desk (C-06).
  ///
  /// @param selfServiceToday of it what came in by such methods, minor units
  public Optional<Refusal> selfServiceRefusal(long amount, long selfServiceToday) {
    return terms.selfServicePerDayMinor() > 0
        && Math.addExact(selfServiceToday, amount) > terms.selfServicePerDayMinor()
            ? Optional.of(Refusal.RECHARGE_SELF_LIMIT)
            : Optional.empty();
  }
}
