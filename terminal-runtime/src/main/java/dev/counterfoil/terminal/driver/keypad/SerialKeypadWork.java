package dev.counterfoil.terminal.driver.keypad;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.function.Consumer;

/// What a serial keypad's thread does. Such a keypad cannot be asked anything: only the loss of its USB adapter is
/// noticed, or that it sends nothing but garbage.
public final class SerialKeypadWork implements Work {

  private static final long WAIT_MILLIS = 1_000;
  /// So much in a row that belongs to no key is no noise but a wrong speed.
  private static final int MOST_GARBAGE = 16;

  private final SerialLine line;
  private final MonotonicClock clock;
  private final KeyBytes bytes;
  private final Consumer<KeypadEvent> listener;
  private int garbage;

  /// @param line closed still, and used by nobody else
  public SerialKeypadWork(SerialLine line, MonotonicClock clock, SerialKeypadSettings settings,
      Consumer<KeypadEvent> listener) {
    this.line = line;
    this.clock = clock;
    this.bytes = new KeyBytes(settings);
    this.listener = listener;
  }

  @Override
  public String name() {
    return "keypad " + line.name();
  }

  @Override
  public void open() throws DeviceFaultException {
    line.open();
    // Keys that nobody saw the effect of must not change a price now.
    line.discardInput();
    garbage = 0;
  }

  @Override
  public void turn() throws DeviceFaultException, InterruptedException {
    for (byte each : line.read(WAIT_MILLIS)) {
      switch (bytes.heard(each, clock.millis())) {
        case KeyBytes.Heard.Key(char key) -> {
          garbage = 0;
          listener.accept(new KeypadEvent.KeyPressed(key));
        }
        case KeyBytes.Heard.Nothing() -> {
          // Between keys.
        }
        case KeyBytes.Heard.Garbage() -> count();
      }
    }
  }

  private void count() throws DeviceFaultException {
    garbage++;
    if (garbage >= MOST_GARBAGE) {
      throw new DeviceFaultException(new DeviceFault(FaultCode.KEYPAD_GARBLED, name(),
          garbage + " bytes in a row belong to no key"));
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
