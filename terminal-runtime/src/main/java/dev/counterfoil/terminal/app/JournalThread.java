package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.JournalDesk;
import dev.counterfoil.terminal.core.JournalRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The one thread that touches the journal. It blocks for as long as the medium takes; nobody else waits for it but
/// the sale whose record it writes.
final class JournalThread implements AutoCloseable {

  private static final long LAST_WRITE_MILLIS = 2_000;

  private final ExecutorService thread = Executors
      .newSingleThreadExecutor(Thread.ofPlatform().name("journal").daemon().factory());

  private final AtomicLong nudges = new AtomicLong();
  private final AtomicBoolean nudged = new AtomicBoolean();

  /// Has the thread do a task that does nothing, unless the one before it still waits.
  void nudge() {
    if (nudged.compareAndSet(false, true)) {
      thread.execute(() -> {
        nudges.incrementAndGet();
        nudged.set(false);
      });
    }
  }

  /// How many of those it has done. Any thread.
  long nudges() {
    return nudges.get();
  }

  /// Does something on the thread and waits for it: opening, before the core runs.
  <T> T call(Callable<T> work) throws Exception {
    try {
      return thread.submit(work).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /// Does a request after those before it and hands the answer on.
  ///
  /// @param defect told of what no journal may throw; the journal is then not to be used any more
  void handle(JournalDesk desk, JournalRequest request, Consumer<Event> answers, Consumer<Throwable> defect) {
    thread.execute(() -> {
      try {
        answers.accept(new Event.Answered(desk.handle(request)));
      } catch (RuntimeException | Error e) {
        defect.accept(e);
      }
    });
  }

  /// Lets what was handed over come to its end, for at most two seconds.
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(LAST_WRITE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
