package dev.counterfoil.settlement.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.trace.Requirement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fees and days of arrival of every method.
class RechargeTermsTest {

  private static final RechargeTerms TERMS = RechargeTerms.DEFAULT;

  /// Half a minor unit is rounded up: 0.6 % of 0.83 is 0.498, of 2.50 is 1.5 fen.
  @ParameterizedTest
  @CsvSource({"CASH,10000,0", "BANK_CARD,10000,0", "ONE_CARD,10000,0", "PAYROLL,10000,0", "SUBSIDY,10000,0",
      "BANK_TRANSFER,10000,10", "WECHAT,10000,60", "ALIPAY,10000,60", "WECHAT,83,0", "WECHAT,84,1",
      "WECHAT,250,2", "WECHAT,249,1", "BANK_TRANSFER,499,0", "BANK_TRANSFER,500,1", "BANK_TRANSFER,1500,2",
      "WECHAT,0,0"})
  @Requirement({"RCH-04"})
  void eachMethodCostsWhatTheTableSays(RechargeMethod method, long amount, long fee) {
    assertThat(TERMS.fee(method, amount)).isEqualTo(fee);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-23,2026-11-25", "2026-11-26,2026-11-30", "2026-11-27,2026-12-01",
      "2026-11-28,2026-12-01", "2026-09-30,2026-10-06"})
  @Requirement({"RCH-04"})
  void aTransferTakesWorkingDaysOnly(LocalDate today, LocalDate arrives) {
    var holidays = List.of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-02"));
    assertThat(TERMS.arrival(RechargeMethod.BANK_TRANSFER, today, holidays)).isEqualTo(arrives);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-09,2026-11-10", "2026-11-10,2026-12-10", "2026-12-31,2027-01-10"})
  @Requirement({"RCH-04"})
  void thePayrollArrivesOnceAMonth(LocalDate today, LocalDate arrives) {
    assertThat(TERMS.arrival(RechargeMethod.PAYROLL, today, List.of())).isEqualTo(arrives);
  }

  @Test
  void everythingElseIsThereAtOnce() {
    LocalDate saturday = LocalDate.parse("2026-11-28");
    for (RechargeMethod method : List.of(RechargeMethod.CASH, RechargeMethod.BANK_CARD,
        RechargeMethod.WECHAT, RechargeMethod.ALIPAY, RechargeMethod.ONE_CARD, RechargeMethod.SUBSIDY)) {
      assertThat(TERMS.arrival(method, saturday, List.of())).isEqualTo(saturday);
    }
  }
}
