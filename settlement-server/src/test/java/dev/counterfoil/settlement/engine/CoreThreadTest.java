package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreThreadTest {

  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> defects = new CopyOnWriteArrayList<>();
  private final AtomicInteger batches = new AtomicInteger();
  private final CoreThread thread = new CoreThread(2, new CoreThread.Rounds() {
    @Override
    public boolean commit() {
      boolean any = batches.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      if (any) {
        order.add("batch");
      }
      return any;
    }

    @Override
    public void tick() {
      // Nothing is due in these tests.
    }

    @Override
    public void defect(RuntimeException problem) {
      defects.add(problem);
    }
  }, () -> System.nanoTime() / 1_000_000);

  @AfterEach
  void stop() {
    thread.close();
  }

  @Test
  void aDeskQuestionOvertakesTheBacklog() throws InterruptedException {
    var done = new CountDownLatch(1);
    batches.set(3);
    thread.offer(() -> order.add("ordinary"));
    thread.offer(done::countDown);
    thread.offerDesk(() -> order.add("desk"));
    thread.start();
    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    thread.close();
    assertThat(order).containsExactly("desk", "ordinary", "batch", "batch", "batch");
  }

  /// A desk whose every answer takes so long that the next question is there already.
  @Test
  void aFloodOfDeskQuestionsStarvesNobody() throws InterruptedException {
    var left = new AtomicInteger(100);
    var done = new CountDownLatch(1);
    batches.set(1);
    thread.offerDesk(new Runnable() {
      @Override
      public void run() {
        order.add("desk");
        if (left.decrementAndGet() > 0) {
          thread.offerDesk(this);
        } else {
          done.countDown();
        }
      }
    });
    thread.offer(() -> order.add("ordinary"));
    thread.start();
    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    thread.close();
    assertThat(order).hasSize(102).startsWith("desk", "ordinary", "batch", "desk");
  }

  @Test
  void aQuestionTooManyIsTurnedAwayAndNotKept() {
    assertThat(thread.offerDesk(() -> order.add("1"))).isTrue();
    assertThat(thread.offerDesk(() -> order.add("2"))).isTrue();
    assertThat(thread.offerDesk(() -> order.add("3"))).isFalse();
    thread.start();
    thread.close();
    assertThat(order).containsExactly("1", "2");
  }

  @Test
  void aDefectInOnePieceOfWorkDoesNotStopTheThread() {
    thread.start();
    assertThatThrownBy(() -> thread.call(() -> {
      throw new IllegalStateException("boom");
    })).hasMessage("boom");
    assertThat(thread.call(() -> 42)).isEqualTo(42);
    assertThat(defects).hasSize(1);
    assertThat(thread.isAlive()).isTrue();
  }

  @Test
  void whatWasTakenBeforeTheEndIsStillDone() {
    batches.set(2);
    thread.start();
    thread.close();
    assertThat(order).containsExactly("batch", "batch");
    assertThat(thread.offer(() -> order.add("late"))).isFalse();
  }
}
