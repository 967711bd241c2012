package dev.counterfoil.terminal.driver.wedge;

import dev.counterfoil.terminal.device.CodeReader;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.driver.upkeep.KeptDevice;
import dev.counterfoil.terminal.line.InputDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.function.Consumer;

/// A scanner that types its codes, as a [CodeReader].
public final class WedgeCodeReader implements CodeReader {

  private final KeptDevice<CodeEvent> kept;

  /// @param device closed still, and used by nobody else
  public WedgeCodeReader(InputDevice device, MonotonicClock clock, WedgeSettings settings) {
    kept = new KeptDevice<>("keyboard " + device.name(), clock,
        listener -> WedgeWork.codes(device, clock, settings, listener), CodeEvent.CodeReaderFault::new,
        new CodeEvent.CodeReaderRecovered());
  }

  @Override
  public void start(Consumer<CodeEvent> listener) {
    kept.start(listener);
  }

  @Override
  public void close() {
    kept.close();
  }
}
