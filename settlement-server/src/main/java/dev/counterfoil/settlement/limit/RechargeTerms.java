package dev.counterfoil.settlement.limit;

import dev.counterfoil.settlement.store.RechargeMethod;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;

/// What the ways of recharging cost and when their money arrives (RCH-04). The defaults are the requirements'. The site bears
/// the fee, the holder gets the whole amount. A pure value.
///
/// @param bankTransferFee parts of ten thousand that the bank keeps of a transfer
/// @param wechatFee the same of WeChat Pay
/// @param alipayFee the same of Alipay
/// @param transferDays working days after its announcement on which a bank transfer arrives
/// @param payrollDay day of the month on which what was taken from wages arrives, 1 to 28
/// @param selfServicePerDayMinor sum of one account's recharges by WeChat, Alipay and machine on one day of the site, minor
///        units, 0 for no limit: the smaller figure of C-06
/// @param orderLife how long a payer has for an order at a gateway
public record RechargeTerms(int bankTransferFee, int wechatFee, int alipayFee, int transferDays,
    int payrollDay, long selfServicePerDayMinor, Duration orderLife) {

  public static final RechargeTerms DEFAULT = new RechargeTerms(10, 60, 60, 2, 10, 1_000_000,
      Duration.ofMinutes(15));

  private static final long WHOLE = 10_000;

  /// The fee of an amount, rounded half up to the minor unit.
  ///
  /// @param amount minor units, not negative
  public long fee(RechargeMethod method, long amount) {
    return Math.floorDiv(Math.addExact(Math.multiplyExact(amount, parts(method)), WHOLE / 2), WHOLE);
  }

  private long parts(RechargeMethod method) {
    return switch (method) {
      case BANK_TRANSFER -> bankTransferFee;
      case WECHAT -> wechatFee;
      case ALIPAY -> alipayFee;
      case CASH, BANK_CARD, ONE_CARD, PAYROLL, SUBSIDY -> 0;
    };
  }

  /// The day on which money that was announced on a day is there.
  ///
  /// @param holidays days that are no working days, besides Saturdays and Sundays
  public LocalDate arrival(RechargeMethod method, LocalDate today, Collection<LocalDate> holidays) {
    return switch (method) {
      case BANK_TRANSFER -> afterWorkingDays(today, holidays);
      case PAYROLL -> nextPayroll(today);
      case CASH, BANK_CARD, WECHAT, ALIPAY, ONE_CARD, SUBSIDY -> today;
    };
  }

  private LocalDate afterWorkingDays(LocalDate today, Collection<LocalDate> holidays) {
    LocalDate day = today;
    for (int left = transferDays; left > 0; left -= isWorkingDay(day, holidays) ? 1 : 0) {
      day = day.plusDays(1);
    }
    return day;
  }

  private static boolean isWorkingDay(LocalDate day, Collection<LocalDate> holidays) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !holidays.contains(day);
  }

  private LocalDate nextPayroll(LocalDate today) {
    LocalDate ofThisMonth = today.withDayOfMonth(payrollDay);
    return ofThisMonth.isAfter(today) ? ofThisMonth : ofThisMonth.plusMonths(1);
  }
}
