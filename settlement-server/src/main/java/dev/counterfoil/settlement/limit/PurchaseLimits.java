package dev.counterfoil.settlement.limit;

import dev.counterfoil.protocol.policy.DeclineReason;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the site allows at most of one account's online purchases, besides the sums at once, in a day and in a month:
/// counts (LIM-04), hours, weekends and holidays (LIM-05, A-10, A-11), and what must be left (LIM-06). The default is
/// the requirements'. A pure value.
///
/// @param perHourCount approvals of one account in any 60 minutes, 0 for no limit
/// @param perDayCount approvals of one account on one day of the site, 0 for no limit
/// @param hours when purchases are approved
/// @param alwaysOpen numbers of the terminals that the hours do not bind
/// @param weekendMinor sum of one account's purchases on a Saturday or Sunday, minor units, 0 for no limit of its own
/// @param holidayMinor the same on a holiday, which no longer counts as a weekend then
/// @param holidays the calendar, days of the site
/// @param leastBalanceMinor least balance that a purchase may leave on an account without credit, minor units
public record PurchaseLimits(int perHourCount, int perDayCount, OpeningHours hours, List<Integer> alwaysOpen,
    long weekendMinor, long holidayMinor, List<LocalDate> holidays, long leastBalanceMinor) {

  public static final PurchaseLimits DEFAULT = new PurchaseLimits(10, 50, new OpeningHours(8 * 60, 22 * 60),
      List.of(), 20_000, 10_000, List.of(), 0);
  public static final PurchaseLimits NONE = new PurchaseLimits(0, 0, OpeningHours.ALWAYS, List.of(), 0, 0,
      List.of(), 0);

  public PurchaseLimits {
    alwaysOpen = List.copyOf(alwaysOpen);
    holidays = List.copyOf(holidays);
  }

  /// @param terminal the site's number
  /// @param minute minute of the site's day
  public Optional<DeclineReason> hoursRefusal(int terminal, int minute) {
    return hours.contains(minute) || alwaysOpen.contains(terminal) ? Optional.empty()
        : Optional.of(DeclineReason.OUTSIDE_HOURS);
  }

  /// @param day number of the site's day
  /// @param sumMinor the account's purchases of this day with the one that is asked for, minor units
  public Optional<DeclineReason> dayRefusal(long day, long sumMinor) {
    LocalDate date = LocalDate.ofEpochDay(day);
    if (holidays.contains(date)) {
      return over(sumMinor, holidayMinor, DeclineReason.LIMIT_HOLIDAY);
    }
    boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    return weekend ? over(sumMinor, weekendMinor, DeclineReason.LIMIT_WEEKEND) : Optional.empty();
  }

  /// Whether anybody needs to count; a count costs a look into the store.
  public boolean countsPurchases() {
    return perHourCount > 0 || perDayCount > 0;
  }

  /// @param inHour approvals of the account in the last 60 minutes, without the one that is asked for
  /// @param today the same on this day of the site
  public Optional<DeclineReason> countRefusal(long inHour, long today) {
    return over(inHour + 1, perHourCount, DeclineReason.LIMIT_HOUR_COUNT)
        .or(() -> over(today + 1, perDayCount, DeclineReason.LIMIT_DAY_COUNT));
  }

  private static Optional<DeclineReason> over(long value, long limit, DeclineReason reason) {
    return limit > 0 && value > limit ? Optional.of(reason) : Optional.empty();
  }

  public PurchaseLimits withHours(OpeningHours next) {
    return new PurchaseLimits(perHourCount, perDayCount, next, alwaysOpen, weekendMinor, holidayMinor,
        holidays,
        leastBalanceMinor);
  }
}
