package dev.counterfoil.sim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowthTest {

  @Test
  void sixteenBytesASaleAreSeenBehindACollectorsNoise() {
    var growth = new Growth("live heap", "bytes", 256 * 1024);
    for (int i = 0; i < 24; i++) {
      growth.sample(i * 40_000L, 12_000_000 + 16L * i * 40_000 + (i % 3) * 100_000);
    }

    assertThat(growth.per100Thousand()).isBetween(1_500_000.0, 1_700_000.0);
    assertThat(growth.isWithinAllowance()).isFalse();
    assertThat(growth.line()).contains("GROWS");
  }

  @Test
  void noiseAndOneBurstAreNoGrowth() {
    var growth = new Growth("live heap", "bytes", 256 * 1024);
    for (int i = 0; i < 24; i++) {
      growth.sample(i * 40_000L, 12_000_000 + (i * 7 % 5) * 100_000 + (i == 20 ? 30_000_000 : 0));
    }

    assertThat(growth.isWithinAllowance()).isTrue();
    assertThat(growth.line()).contains("does not grow");
  }

  @Test
  void aFileThatStaysOpenEveryHundredThousandSalesIsSeen() {
    var growth = new Growth("open files", "", 0.5);
    for (int i = 0; i < 24; i++) {
      growth.sample(i * 40_000L, 80 + i * 40_000L / 100_000);
    }

    assertThat(growth.isWithinAllowance()).isFalse();
  }
}
