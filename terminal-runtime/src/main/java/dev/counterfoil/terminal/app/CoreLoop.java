package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.core.Effect;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.Moment;
import dev.counterfoil.terminal.core.TerminalCore;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The thread that owns the core: takes one event after the other, sleeps until the core wants to be woken.
///
/// What comes from outside is bounded by [#ROOM] and refused beyond it; what the core itself has asked for, such as the
/// journal's answers, is bounded by that and always taken.
final class CoreLoop {

  /// Events from outside that may wait. The core takes thousands a second; this many mean that it is stuck.
  static final int ROOM = 1_024;

  private static final long LONGEST_SLEEP_MILLIS = 60_000;

  private record Waiting(Event event, boolean counted) {}

  private final TerminalCore core;
  private final MonotonicClock monotonic;
  private final InstantSource wall;
  private final Consumer<Effect> effects;
  private final Runnable afterStep;
  private final long startMillis;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(ROOM);
  private volatile long turns;
  private boolean stopped;

  /// @param startMillis monotonic time from which the core's boot time counts
  /// @param effects     carries one effect out; runs on the loop's thread and must not block
  /// @param afterStep   runs after each step, likewise
  CoreLoop(TerminalCore core, MonotonicClock monotonic, InstantSource wall, long startMillis,
      Consumer<Effect> effects, Runnable afterStep) {
    this.afterStep = afterStep;
    this.core = core;
    this.monotonic = monotonic;
    this.wall = wall;
    this.startMillis = startMillis;
    this.effects = effects;
  }

  /// Hands an event from outside over. Any thread, never blocks.
  ///
  /// @return false if too many wait already; it is dropped then
  boolean offer(Event event) {
    if (!room.tryAcquire()) {
      return false;
    }
    queue.add(new Waiting(event, true));
    return true;
  }

  /// Hands over what the core awaits. Any thread, never blocks, never refused.
  void put(Event event) {
    queue.add(new Waiting(event, false));
  }

  /// How many events it has taken. Any thread.
  long turns() {
    return turns;
  }

  /// Runs until the core has stopped. On the calling thread.
  void run() throws InterruptedException {
    step(new Event.Started());
    while (!stopped) {
      Waiting next = take();
      if (next != null && next.counted()) {
        room.release();
      }
      step(next == null ? new Event.Tick() : next.event());
      turns++;
    }
  }

  private @Nullable Waiting take() throws InterruptedException {
    long sleep = Math.min(LONGEST_SLEEP_MILLIS, core.wakeAt() - bootMillis());
    return sleep <= 0 ? queue.poll() : queue.poll(sleep, TimeUnit.MILLISECONDS);
  }

  private void step(Event event) {
    for (Effect effect : core.step(new Moment(bootMillis(), wall.millis()), event)) {
      stopped |= effect instanceof Effect.Stopped;
      effects.accept(effect);
    }
    afterStep.run();
  }

  private long bootMillis() {
    return monotonic.millis() - startMillis;
  }
}
