package dev.counterfoil.settlement.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.limit.RechargeLimits.Refusal;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.Test;

class RechargeLimitsTest {

  private static final RechargeLimits LIMITS = RechargeLimits.DEFAULT;

  @Test
  @Requirement({"RCH-09", "LIM-07"})
  void oneRechargeIsOfOneToTenThousand() {
    assertThat(LIMITS.refusal(99, 0, 0)).contains(Refusal.RECHARGE_LIMIT);
    assertThat(LIMITS.refusal(100, 0, 0)).isEmpty();
    assertThat(LIMITS.refusal(1_000_000, 0, 0)).isEmpty();
    assertThat(LIMITS.refusal(1_000_001, 0, 0)).contains(Refusal.RECHARGE_LIMIT);
  }

  @Test
  @Requirement({"RCH-09", "LIM-08"})
  void anOperatorEntersAtMostFiftyThousandADay() {
    assertThat(LIMITS.refusal(1_000_000, 4_000_000, 4)).isEmpty();
    assertThat(LIMITS.refusal(1_000_000, 4_000_001, 4)).contains(Refusal.RECHARGE_DAY_LIMIT);
  }

  @Test
  @Requirement({"RCH-09", "LIM-09"})
  void theEleventhRechargeOfADayIsOneTooMany() {
    assertThat(LIMITS.refusal(100, 900, 9)).isEmpty();
    assertThat(LIMITS.refusal(100, 1_000, 10)).contains(Refusal.RECHARGE_COUNT);
  }

  @Test
  void aDaysLimitsOfZeroLimitNothing() {
    assertThat(new RechargeLimits(1, 1_000, 0, 0).refusal(1_000, 9_000_000, 99)).isEmpty();
  }
}
