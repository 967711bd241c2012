package dev.counterfoil.settlement.engine;

import dev.counterfoil.settlement.account.RefusedException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that may touch the core and its store. It takes what waits in this order, so that a backlog never
/// delays a tap:
///
/// 1. desk questions, all that wait now: those that come meanwhile have the next turn, so a flood of them starves nobody;
/// 2. ordinary work (greetings, marks, operators), a few pieces;
/// 3. one commit unit of batches;
/// 4. once a second, the tick.
///
/// A desk question therefore waits for one commit unit at most. Both queues are bounded; offering never blocks.
final class CoreThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CoreThread.class);
  private static final int ORDINARY_AT_A_TIME = 16;
  private static final int ORDINARY_WAITING = 4096;
  private static final long TICK_MILLIS = 1000;

  private final Queue<Runnable> desk;
  private final Queue<Runnable> ordinary = new ArrayBlockingQueue<>(ORDINARY_WAITING);
  private final Rounds rounds;
  private final LongSupplier monotonicMillis;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile long lastTurnMillis;
  private long lastTickMillis;

  /// What the thread does besides its queues.
  interface Rounds {

    /// Settles waiting batches.
    ///
    /// @return whether there were any
    boolean commit();

    /// About once a second.
    void tick();

    /// Something failed that nobody else caught. The thread goes on unless this throws.
    void defect(RuntimeException problem);
  }

  CoreThread(int deskWaiting, Rounds rounds, LongSupplier monotonicMillis) {
    this.desk = new ArrayBlockingQueue<>(deskWaiting);
    this.rounds = rounds;
    this.monotonicMillis = monotonicMillis;
    this.lastTurnMillis = monotonicMillis.getAsLong();
    this.thread = Thread.ofPlatform().name("core").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// A question somebody waits for at a counter.
  ///
  /// @return false when too many wait; the task is not run
  boolean offerDesk(Runnable task) {
    return offer(desk, task);
  }

  /// @return false when too many wait; the task is not run
  boolean offer(Runnable task) {
    return offer(ordinary, task);
  }

  /// Runs a task and waits for its result. Not for event loops.
  ///
  /// @throws RefusedException SYSTEM_BUSY when too much waits, the thread has ended, or an answer takes a minute
  <T> T call(Supplier<T> task) {
    var result = new CompletableFuture<T>();
    boolean taken = offer(() -> {
      try {
        result.complete(task.get());
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
        throw e;
      }
    });
    if (!taken) {
      throw new RefusedException("SYSTEM_BUSY",
          "the server has too much to do, or stops; nothing was changed");
    }
    try {
      return result.orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof TimeoutException) {
        throw new RefusedException("SYSTEM_BUSY", "no answer in time; look before you repeat the command");
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /// There may be batches to commit.
  void wake() {
    LockSupport.unpark(thread);
  }

  int deskWaiting() {
    return desk.size();
  }

  int ordinaryWaiting() {
    return ordinary.size();
  }

  /// Whether the thread lives and took a turn in the last ten ticks.
  boolean isAlive() {
    return thread.isAlive() && monotonicMillis.getAsLong() - lastTurnMillis < 10 * TICK_MILLIS;
  }

  /// Finishes what waits and ends the thread.
  @Override
  public void close() {
    running = false;
    wake();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean offer(Queue<Runnable> queue, Runnable task) {
    boolean taken = running && queue.offer(task);
    wake();
    return taken;
  }

  private void run() {
    boolean worked = true;
    while (running || worked) {
      worked = turn();
      lastTurnMillis = monotonicMillis.getAsLong();
      if (!worked && running) {
        long untilTick = Math.max(1, TICK_MILLIS - (lastTurnMillis - lastTickMillis));
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(untilTick));
      }
    }
    LOG.info("event=core_stopped");
  }

  private boolean turn() {
    boolean worked = drain(desk, desk.size());
    worked |= drain(ordinary, ORDINARY_AT_A_TIME);
    worked |= guarded(rounds::commit);
    long now = monotonicMillis.getAsLong();
    if (now - lastTickMillis >= TICK_MILLIS) {
      lastTickMillis = now;
      guarded(() -> {
        rounds.tick();
        return false;
      });
    }
    return worked;
  }

  private boolean drain(Queue<Runnable> queue, int most) {
    int done = 0;
    for (Runnable task = most > 0 ? queue.poll() : null; task != null; task = ++done < most ? queue.poll()
        : null) {
      Runnable next = task;
      guarded(() -> {
        next.run();
        return true;
      });
    }
    return done > 0;
  }

  private boolean guarded(Supplier<Boolean> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      rounds.defect(e);
      return true;
    }
  }
}
