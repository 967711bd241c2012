package dev.counterfoil.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SwarmTest {

  @Test
  void aSeedAlwaysDrawsTheSameParametersAndSeedsDiffer() {
    var drawn = new HashSet<Swarm>();
    for (long seed = 1; seed <= 50; seed++) {
      assertThat(Swarm.of(seed)).isEqualTo(Swarm.of(seed));
      drawn.add(Swarm.of(seed));
    }

    assertThat(drawn).hasSize(50);
  }

  @Test
  void aDayHasALunchPeak() {
    long[] times = DayPlan.draw(new SplittableRandom(3), 300);

    long lunch = Arrays.stream(times).filter(at -> at / 3_600_000_000L >= 11 && at / 3_600_000_000L < 13)
        .count();
    assertThat(times).hasSize(300).isSorted();
    assertThat(lunch).isBetween(140L, 200L);
    assertThat(times[299]).isLessThan(DayPlan.CLOSES);
  }
}
