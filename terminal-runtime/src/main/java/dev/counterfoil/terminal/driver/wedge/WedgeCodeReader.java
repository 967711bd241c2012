package dev.counterfoil.terminal.driver.wedge;

import dev.counterfoil.terminal.device.CodeReader;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.driver.scanner.CodeScanner;
import dev.counterfoil.terminal.line.InputDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Optional;
import java.util.function.Consumer;

/// A scanner that types its codes, as a [CodeReader].
public final class WedgeCodeReader implements CodeReader {

  private final InputDevice device;
  private final MonotonicClock clock;
  private final WedgeSettings settings;
  private Optional<Upkeep> upkeep = Optional.empty();

  /// @param device closed still, and used by nobody else
  public WedgeCodeReader(InputDevice device, MonotonicClock clock, WedgeSettings settings) {
    this.device = device;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public synchronized void start(Consumer<CodeEvent> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException("keyboard " + device.name() + " was started before");
    }
    var kept = new Upkeep(WedgeWork.codes(device, clock, settings, listener), clock,
        CodeScanner.telling(listener));
    upkeep = Optional.of(kept);
    kept.start();
  }

  @Override
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
