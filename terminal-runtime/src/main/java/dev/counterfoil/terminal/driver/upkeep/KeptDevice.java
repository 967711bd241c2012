package dev.counterfoil.terminal.driver.upkeep;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A device that tells one listener what happens, kept by an [Upkeep] from its start to its end.
///
/// @param <E> what it tells
public final class KeptDevice<E> {

  private final String name;
  private final MonotonicClock clock;
  private final Function<Consumer<E>, ? extends Work> works;
  private final Function<DeviceFault, E> fault;
  private final E recovered;
  private Optional<Upkeep> upkeep = Optional.empty();

  /// @param name      for who starts it twice
  /// @param works     makes the work that tells a listener
  /// @param fault     told when it does not work
  /// @param recovered told when it works, for the first time or again
  public KeptDevice(String name, MonotonicClock clock, Function<Consumer<E>, ? extends Work> works,
      Function<DeviceFault, E> fault, E recovered) {
    this.name = name;
    this.clock = clock;
    this.works = works;
    this.fault = fault;
    this.recovered = recovered;
  }

  /// Starts its thread. Returns at once.
  ///
  /// @throws IllegalStateException if started before
  public synchronized void start(Consumer<E> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException(name + " was started before");
    }
    var kept = new Upkeep(works.apply(listener), clock, Upkeep.Listener.telling(listener, fault, recovered));
    upkeep = Optional.of(kept);
    kept.start();
  }

  /// Stops. Blocks until its thread has ended. Idempotent.
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
