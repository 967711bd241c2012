package dev.counterfoil.terminal.driver.escpos;

import dev.counterfoil.terminal.device.Printer;
import dev.counterfoil.terminal.device.Slip;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Slips to print, slips that could not be printed, and the last one that was.
///
/// Invariant: a slip leaves only for paper, or as the oldest of more than [Printer#KEPT] that wait in vain. Thread-safe.
final class SlipQueue {

  /// @param slip as printed the first time
  /// @param copy as printed once more
  record Job(Slip slip, Slip copy) {}

  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Deque<Job> unprinted = new ArrayDeque<>();
  private @Nullable Job last;
  private boolean closed;

  synchronized void add(Job job) {
    waiting.addLast(job);
    notifyAll();
  }

  /// All that is not on paper again, or a copy of the last that is.
  synchronized void again() {
    if (unprinted.isEmpty() && waiting.isEmpty() && last != null) {
      waiting.addLast(new Job(last.copy(), last.copy()));
    }
    while (!unprinted.isEmpty()) {
      waiting.addFirst(unprinted.removeLast());
    }
    notifyAll();
  }

  /// The next one, if one comes within this time.
  ///
  /// @param timeoutMillis 0 looks once
  synchronized Optional<Job> next(long timeoutMillis) throws InterruptedException {
    if (waiting.isEmpty() && !closed && timeoutMillis > 0) {
      wait(timeoutMillis);
    }
    return closed ? Optional.empty() : Optional.ofNullable(waiting.pollFirst());
  }

  synchronized void printed(Job job) {
    last = job;
  }

  synchronized void failed(Job job) {
    unprinted.addLast(job);
    if (unprinted.size() > Printer.KEPT) {
      unprinted.removeFirst();
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
