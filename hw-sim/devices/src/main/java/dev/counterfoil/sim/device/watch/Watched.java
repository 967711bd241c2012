package dev.counterfoil.sim.device.watch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The lock around a model that a wire changes and that tests and people look at and wait for. Any thread.
public final class Watched {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Looks while nothing changes.
  public <T> T look(Supplier<T> at) {
    lock.lock();
    try {
      return at.get();
    } finally {
      lock.unlock();
    }
  }

  /// Changes it and wakes who waits for a change.
  public void change(Runnable how) {
    lock.lock();
    try {
      how.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until what is seen satisfies `wanted`; false when `timeoutMillis` passed without.
  public <T> boolean await(Supplier<T> seen, Predicate<T> wanted, long timeoutMillis)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long remaining = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (!wanted.test(seen.get())) {
        if (remaining <= 0) {
          return false;
        }
        remaining = changed.awaitNanos(remaining);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
