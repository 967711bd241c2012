package dev.counterfoil.terminal.driver.wedge;

import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.driver.wiegand.WiegandReader;
import dev.counterfoil.terminal.line.InputDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Optional;
import java.util.function.Consumer;

/// A card reader that types its numbers, as a [CardReader].
public final class WedgeCardReader implements CardReader {

  private final InputDevice device;
  private final MonotonicClock clock;
  private final WedgeSettings settings;
  private Optional<Upkeep> upkeep = Optional.empty();

  /// @param device closed still, and used by nobody else
  public WedgeCardReader(InputDevice device, MonotonicClock clock, WedgeSettings settings) {
    this.device = device;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public synchronized void start(Consumer<ReaderEvent> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException("keyboard " + device.name() + " was started before");
    }
    var kept = new Upkeep(WedgeWork.cards(device, clock, settings, listener), clock,
        WiegandReader.telling(listener));
    upkeep = Optional.of(kept);
    kept.start();
  }

  @Override
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
