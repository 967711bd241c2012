package dev.counterfoil.sim.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Begins work at fixed times, whether or not what was begun before is done, and takes each duration from the time at
/// which the work was due: what waits behind something slow is slow too, and is not left out.
final class OpenLoop {

  private static final long PATIENCE_SECONDS = 60;

  private final double perSecond;

  /// @param perSecond how often work begins
  OpenLoop(double perSecond) {
    this.perSecond = perSecond;
  }

  /// One piece of work.
  interface Work {

    /// Begins it, and may also end it.
    ///
    /// @param done to be called once by any thread: null, or what went wrong
    void begin(int number, Done done);
  }

  /// Told when work is done.
  interface Done {
    void with(@Nullable Throwable problem);
  }

  /// Blocks until all of it is done.
  ///
  /// @return durations in nanoseconds
  /// @throws IllegalStateException if a piece failed, or the last one was not done within a minute
  long[] run(int count, Work work) throws InterruptedException {
    var nanos = new AtomicLongArray(count);
    var left = new CountDownLatch(count);
    var problem = new AtomicReference<@Nullable Throwable>();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int number = i;
      long due = start + (long) (number * 1e9 / perSecond);
      await(due);
      work.begin(number, failure -> {
        nanos.set(number, System.nanoTime() - due);
        if (failure != null) {
          problem.compareAndSet(null, failure);
        }
        left.countDown();
      });
    }
    if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(left.getCount() + " of " + count + " are not done");
    }
    if (problem.get() != null) {
      throw new IllegalStateException(problem.get());
    }
    return IntStream.range(0, count).mapToLong(nanos::get).toArray();
  }

  private static void await(long due) {
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }
}
