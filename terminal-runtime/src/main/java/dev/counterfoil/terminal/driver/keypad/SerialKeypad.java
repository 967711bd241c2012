package dev.counterfoil.terminal.driver.keypad;

import dev.counterfoil.terminal.device.Keypad;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.driver.upkeep.KeptDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.function.Consumer;

/// A keypad on a serial line that sends one character for each key, as a [Keypad].
public final class SerialKeypad implements Keypad {

  private final KeptDevice<KeypadEvent> kept;

  /// @param line closed still, and used by nobody else
  public SerialKeypad(SerialLine line, MonotonicClock clock, SerialKeypadSettings settings) {
    kept = new KeptDevice<>("keypad " + line.name(), clock,
        listener -> new SerialKeypadWork(line, clock, settings, listener), KeypadEvent.KeypadFault::new,
        new KeypadEvent.KeypadRecovered());
  }

  @Override
  public void start(Consumer<KeypadEvent> listener) {
    kept.start(listener);
  }

  @Override
  public void close() {
    kept.close();
  }
}
