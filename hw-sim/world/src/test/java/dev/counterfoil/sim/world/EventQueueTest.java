package dev.counterfoil.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  @Test
  void eventsRunByTimeAndThenInTheOrderInWhichTheyWereScheduled() {
    var queue = new EventQueue(new Trace());
    var seen = new ArrayList<Long>();
    var random = new SplittableRandom(7);
    for (long i = 0; i < 5_000; i++) {
      long order = i;
      long at = random.nextInt(40);
      queue.after(at, EventTag.TAP, 0, () -> seen.add(at * 10_000 + order));
    }

    while (queue.runNext(1_000)) {
      assertThat(queue.nowMicros()).isLessThanOrEqualTo(40);
    }

    assertThat(seen).hasSize(5_000).isSorted();
  }

  @Test
  void theClockStopsAtTheHorizonAndLaterEventsStay() {
    var queue = new EventQueue(new Trace());
    queue.after(2_000_000, EventTag.CHECK, 1, () -> {
      throw new IllegalStateException("must not run");
    });

    boolean ran = queue.runNext(1_500_000);

    assertThat(ran).isFalse();
    assertThat(queue.nowMillis()).isEqualTo(1_500);
    assertThat(queue.pending()).isOne();
  }

  @Test
  void aTraceDependsOnOrderAndContent() {
    assertThat(List.of(trace("approved", 1, 2), trace("approved", 2, 1), trace("declined", 1, 2)))
        .doesNotHaveDuplicates();
    assertThat(trace("approved", 1, 2)).isEqualTo(trace("approved", 1, 2));
  }

  private static String trace(String what, int first, int second) {
    var trace = new Trace();
    trace.effect(first, what, 5);
    trace.effect(second, what, 5);
    return trace.finish();
  }
}
