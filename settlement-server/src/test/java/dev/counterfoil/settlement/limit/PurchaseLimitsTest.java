package dev.counterfoil.settlement.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.trace.Requirement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseLimitsTest {

  private static final LocalDate HOLIDAY = LocalDate.of(2026, 10, 1);
  private static final LocalDate HOLIDAY_ON_A_SATURDAY = LocalDate.of(2026, 10, 3);
  private static final long THURSDAY = LocalDate.of(2026, 10, 8).toEpochDay();
  private static final long SATURDAY = LocalDate.of(2026, 10, 10).toEpochDay();
  private static final PurchaseLimits LIMITS = new PurchaseLimits(10, 50, OpeningHours.ALWAYS, List.of(),
      20_000,
      10_000, List.of(HOLIDAY, HOLIDAY_ON_A_SATURDAY), 0);

  @Test
  @Requirement({"LIM-05"})
  void onADayOfAWeekendTheSumEndsAtTwoHundred() {
    assertThat(LIMITS.dayRefusal(SATURDAY, 20_000)).isEmpty();
    assertThat(LIMITS.dayRefusal(SATURDAY, 20_001)).contains(DeclineReason.LIMIT_WEEKEND);
    assertThat(LIMITS.dayRefusal(SATURDAY + 1, 20_001)).contains(DeclineReason.LIMIT_WEEKEND);
    assertThat(LIMITS.dayRefusal(SATURDAY + 2, 500_000)).isEmpty();
    assertThat(LIMITS.dayRefusal(THURSDAY, 500_000)).isEmpty();
  }

  @Test
  @Requirement({"LIM-05"})
  void onAHolidayTheSumEndsAtOneHundredAndTheHolidayWins() {
    assertThat(LIMITS.dayRefusal(HOLIDAY.toEpochDay(), 10_000)).isEmpty();
    assertThat(LIMITS.dayRefusal(HOLIDAY.toEpochDay(), 10_001)).contains(DeclineReason.LIMIT_HOLIDAY);
    assertThat(LIMITS.dayRefusal(HOLIDAY_ON_A_SATURDAY.toEpochDay(), 10_001))
        .contains(DeclineReason.LIMIT_HOLIDAY);
  }

  @Test
  @Requirement({"LIM-04"})
  void theEleventhInAnHourAndTheFiftyFirstInADayAreTooMany() {
    assertThat(LIMITS.countRefusal(9, 49)).isEmpty();
    assertThat(LIMITS.countRefusal(10, 10)).contains(DeclineReason.LIMIT_HOUR_COUNT);
    assertThat(LIMITS.countRefusal(9, 50)).contains(DeclineReason.LIMIT_DAY_COUNT);
  }

  @Test
  void whatIsZeroLimitsNothing() {
    PurchaseLimits none = PurchaseLimits.NONE;
    assertThat(none.countsPurchases()).isFalse();
    assertThat(none.countRefusal(1_000, 1_000)).isEmpty();
    assertThat(none.dayRefusal(SATURDAY, 1_000_000)).isEmpty();
    assertThat(none.hoursRefusal(1, 0)).isEmpty();
  }

  @Test
  @Requirement({"LIM-05"})
  void theHoursBindEveryTerminalButTheNamedOnes() {
    var limits = new PurchaseLimits(0, 0, new OpeningHours(480, 1320), List.of(7), 0, 0, List.of(), 0);
    assertThat(limits.hoursRefusal(1, 480)).isEmpty();
    assertThat(limits.hoursRefusal(1, 1320)).contains(DeclineReason.OUTSIDE_HOURS);
    assertThat(limits.hoursRefusal(7, 1320)).isEmpty();
  }
}
