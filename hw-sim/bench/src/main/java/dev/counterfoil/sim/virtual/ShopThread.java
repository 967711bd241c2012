package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.world.InvariantViolation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The one thread of a shop that people touch: lets its time pass at the pace of a clock, and does in between what pages
/// ask for.
final class ShopThread implements AutoCloseable {

  /// Requests that may wait; more are refused.
  private static final int ROOM = 1_000;
  private static final long TICK_MILLIS = 1_000;
  private static final long ANSWER_SECONDS = 10;

  /// Something to be done on the thread.
  @FunctionalInterface
  interface Work<T> {
    T with(PageView view) throws ScenarioException;
  }

  private final PageView view;
  private final LongSupplier clock;
  private final int pace;
  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(ROOM);
  private final Thread thread = Thread.ofPlatform().name("virtual-shop").daemon().unstarted(this::run);
  private long tickAt;
  private boolean broken;

  /// @param clock milliseconds since the shop opened, as people count them
  /// @param pace  of them that pass in one on the wall
  ShopThread(PageView view, LongSupplier clock, int pace) {
    this.view = view;
    this.clock = clock;
    this.pace = pace;
  }

  void start() {
    thread.start();
  }

  /// Does it on the thread and waits for it.
  ///
  /// @throws ScenarioException of the work
  /// @throws IllegalStateException if the thread has too much to do or has ended
  <T> T call(Work<T> work) throws ScenarioException, InterruptedException {
    var answer = new CompletableFuture<T>();
    if (!waiting.offer(() -> answer(work, answer))) {
      throw new IllegalStateException("too many requests wait");
    }
    try {
      return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ScenarioException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("the shop could not do it", e.getCause());
    }
  }

  private <T> void answer(Work<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(work.with(view));
    } catch (ScenarioException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private void run() {
    try {
      while (true) {
        long now = clock.getAsLong();
        pass(now);
        long until = Math.min(tickAt, broken ? tickAt : view.shop().nextMillis());
        Runnable work = waiting.poll(Math.max(1, (until - now) / pace), TimeUnit.MILLISECONDS);
        if (work != null) {
          pass(clock.getAsLong());
          work.run();
        }
      }
    } catch (InterruptedException _) {
      // Asked to end.
    }
  }

  private void pass(long now) {
    if (!broken) {
      try {
        view.shop().passUntil(now);
      } catch (InvariantViolation violation) {
        broken = true;
        view.broken("INVARIANT " + violation.getMessage());
      }
    }
    if (now >= tickAt) {
      tickAt = now + TICK_MILLIS;
      view.tick();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
