package dev.counterfoil.settlement.engine;

import dev.counterfoil.settlement.secret.PasswordCheck;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Compares passwords of purchases away from the core's thread, one after the other: a comparison takes some 50 ms of a
/// processor and 7 MB. What does not fit is refused at once, because whoever waits at a counter waits no second.
final class PasswordLane implements AutoCloseable {

  private static final int WAITING = 32;

  private final PasswordCheck check;
  private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
      new ArrayBlockingQueue<>(WAITING), Thread.ofPlatform().name("password").daemon(true).factory());

  PasswordLane(PasswordCheck check) {
    this.check = check;
  }

  /// @param typed wiped once it was compared
  /// @param answer called on this lane's thread; must not block
  /// @return false when too many wait; nothing is compared then
  boolean offer(String stored, char[] typed, Consumer<Boolean> answer) {
    try {
      thread.execute(() -> answer.accept(compare(stored, typed)));
      return true;
    } catch (RejectedExecutionException _) {
      // Told to whoever asked, who says SYSTEM_BUSY.
      return false;
    }
  }

  private boolean compare(String stored, char[] typed) {
    try {
      return check.verify(stored, typed) != PasswordCheck.Match.WRONG;
    } finally {
      java.util.Arrays.fill(typed, '\0');
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
