package dev.counterfoil.terminal.driver.wedge;

import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.upkeep.KeptDevice;
import dev.counterfoil.terminal.line.InputDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.function.Consumer;

/// A card reader that types its numbers, as a [CardReader].
public final class WedgeCardReader implements CardReader {

  private final KeptDevice<ReaderEvent> kept;

  /// @param device closed still, and used by nobody else
  public WedgeCardReader(InputDevice device, MonotonicClock clock, WedgeSettings settings) {
    kept = new KeptDevice<>("keyboard " + device.name(), clock,
        listener -> WedgeWork.cards(device, clock, settings, listener), ReaderEvent.ReaderFault::new,
        new ReaderEvent.ReaderRecovered());
  }

  @Override
  public void start(Consumer<ReaderEvent> listener) {
    kept.start(listener);
  }

  @Override
  public void close() {
    kept.close();
  }
}
