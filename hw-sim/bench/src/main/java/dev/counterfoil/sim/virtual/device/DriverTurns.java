package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.EventTag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets a driver that was written for a thread of its own take its turns in the world's time: each begins when the one
/// before has ended, and what the driver tells meanwhile is heard when it tells it.
///
/// @param <E> what it tells
final class DriverTurns<E> {

  /// One turn of the driver, in its own time.
  interface Turn {
    void take() throws InterruptedException;
  }

  private final EventQueue queue;
  private final int actor;
  private final DeviceTime time;
  private final List<Told<E>> told = new ArrayList<>();
  private @Nullable Driver<E> driver;
  private int turns;

  private record Told<E>(long atMicros, E event) {}

  private record Driver<E>(Turn turn, Consumer<E> listener) {}

  DriverTurns(EventQueue queue, int actor, DeviceTime time) {
    this.queue = queue;
    this.actor = actor;
    this.time = time;
  }

  /// A run of the program begins.
  void begin(Turn turn, Consumer<E> listener) {
    time.catchUp(queue.nowMicros());
    var begun = new Driver<>(turn, listener);
    driver = begun;
    later(begun);
  }

  /// The run is over.
  void end() {
    driver = null;
    told.clear();
  }

  /// The driver's listener.
  void tells(E event) {
    told.add(new Told<>(time.micros(), event));
  }

  /// What the driver waits for has come: its next turn is now.
  void wake() {
    Driver<E> waiting = driver;
    if (waiting != null) {
      queue.after(0, EventTag.TAP_STEP, actor, () -> turn(waiting));
    }
  }

  private void later(Driver<E> next) {
    int number = ++turns;
    queue.at(time.micros(), EventTag.TAP_STEP, actor, () -> {
      if (number == turns) {
        turn(next);
      }
    });
  }

  private void turn(Driver<E> taking) {
    if (taking != driver) {
      return;
    }
    long now = queue.nowMicros();
    // One that was woken had gone ahead to the end of its wait.
    boolean woken = time.micros() > now;
    time.catchUp(now);
    try {
      taking.turn.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a simulation", e);
    }
    List.copyOf(told).forEach(one -> queue.at(woken ? now : one.atMicros, EventTag.TAP_STEP, actor, () -> {
      if (taking == driver) {
        taking.listener.accept(one.event);
      }
    }));
    told.clear();
    later(taking);
  }
}
