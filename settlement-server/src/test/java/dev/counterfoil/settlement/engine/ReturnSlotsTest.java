package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A storm: many terminals lost their server at one moment and are sent away.
class ReturnSlotsTest {

  private final ReturnSlots slots = new ReturnSlots(new Random(7));

  @Test
  void aStormComesBackAtARateThatCanBeGreeted() {
    int terminals = 10_000;
    int[] arrivals = new int[200];
    for (int terminal = 0; terminal < terminals; terminal++) {
      long wait = slots.draw(5_000);
      assertThat(wait).isBetween(ReturnSlots.LEAST_MILLIS, ReturnSlots.MOST_MILLIS);
      arrivals[(int) (wait / 1_000)]++;
    }

    assertThat(arrivals).as("nobody comes at once, no second is crowded").satisfies(
        counts -> assertThat(java.util.Arrays.stream(counts).max().orElseThrow())
            .isLessThan(ReturnSlots.A_SECOND * 3 / 2));
    assertThat(arrivals[0]).isZero();
  }

  @Test
  void everyTerminalOfAStormIsGreetedThoughOnlySomeFitInASecond() {
    var coming = new PriorityQueue<Long>();
    for (int terminal = 0; terminal < 5_000; terminal++) {
      coming.add(0L);
    }
    int[] greeted = new int[600];
    int sentAway = 0;
    while (!coming.isEmpty()) {
      long now = coming.remove();
      int second = (int) (now / 1_000);
      if (greeted[second] < ReturnSlots.A_SECOND) {
        greeted[second]++;
      } else {
        sentAway++;
        coming.add(now + slots.draw(now));
      }
    }

    assertThat(sentAway).as("hardly anybody is sent away twice").isLessThan(4_800 + 1_500);
    assertThat(java.util.Arrays.stream(greeted).limit(60).sum()).as("within a minute").isEqualTo(5_000);
  }

  @Test
  void aSingleTerminalWaitsTwoSecondsAtMost() {
    assertThat(slots.draw(0)).isBetween(1_000L, 2_000L);
    assertThat(slots.draw(3_600_000)).isBetween(1_000L, 2_000L);
  }

  @Test
  void twoWhoAreSentAwayAtEqualMomentsDoNotComeBackInStep() {
    long[] waits = new long[20];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = slots.draw(i * 3_600_000L);
    }

    assertThat(java.util.Arrays.stream(waits).distinct().count()).isGreaterThan(15);
  }

  @Test
  void aStormBeyondThePlanIsStillSpread() {
    long[] waits = new long[100_000];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = slots.draw(0);
    }
    long late = java.util.Arrays.stream(waits).skip(50_000).filter(wait -> wait > ReturnSlots.MOST_MILLIS / 2)
        .count();
    assertThat(late).isBetween(20_000L, 30_000L);
  }
}
