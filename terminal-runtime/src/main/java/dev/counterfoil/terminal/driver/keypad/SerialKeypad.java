package dev.counterfoil.terminal.driver.keypad;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.Keypad;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.Optional;
import java.util.function.Consumer;

/// A keypad on a serial line that sends one character for each key, as a [Keypad].
public final class SerialKeypad implements Keypad {

  private final SerialLine line;
  private final MonotonicClock clock;
  private final SerialKeypadSettings settings;
  private Optional<Upkeep> upkeep = Optional.empty();

  /// @param line closed still, and used by nobody else
  public SerialKeypad(SerialLine line, MonotonicClock clock, SerialKeypadSettings settings) {
    this.line = line;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public synchronized void start(Consumer<KeypadEvent> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException("keypad " + line.name() + " was started before");
    }
    var kept = new Upkeep(new SerialKeypadWork(line, clock, settings, listener), clock, telling(listener));
    upkeep = Optional.of(kept);
    kept.start();
  }

  static Upkeep.Listener telling(Consumer<KeypadEvent> listener) {
    return new Upkeep.Listener() {
      @Override
      public void failed(DeviceFault fault) {
        listener.accept(new KeypadEvent.KeypadFault(fault));
      }

      @Override
      public void works() {
        listener.accept(new KeypadEvent.KeypadRecovered());
      }
    };
  }

  @Override
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
