package dev.counterfoil.terminal.input;

import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.CodeReader;
import dev.counterfoil.terminal.device.Keypad;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.driver.keypad.SerialKeypad;
import dev.counterfoil.terminal.driver.scanner.CodeScanner;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.ArrayList;
import java.util.List;

/// All further inputs of one terminal, put together.
///
/// Threads: one for each device. All methods may be called from any thread; the listener is called on the devices'
/// threads and must not block.
public final class Inputs implements AutoCloseable {

  /// Who is told.
  public interface Listener {

    void code(CodeEvent event);

    void key(KeypadEvent event);
  }

  private final InputSetup setup;
  private final MonotonicClock clock;
  private final Listener listener;
  private final List<Runnable> closings = new ArrayList<>();

  public Inputs(InputSetup setup, MonotonicClock clock, Listener listener) {
    this.setup = setup;
    this.clock = clock;
    this.listener = listener;
  }

  /// Starts all of them. Returns at once; what does not work is reported and tried again. To be called once.
  public synchronized void start() {
    setup.scanner().ifPresent(set -> {
      CodeReader scanner = new CodeScanner(line(set.port(), set.baud()), clock, set.settings());
      closings.add(scanner::close);
      scanner.start(listener::code);
    });
    setup.keys().ifPresent(set -> {
      Keypad keys = new SerialKeypad(line(set.port(), set.baud()), clock, set.settings());
      closings.add(keys::close);
      keys.start(listener::key);
    });
  }

  private SerialLine line(String port, int baud) {
    return new JsscSerialLine(port, baud, clock);
  }

  /// Stops all of them. Blocks until their threads have ended.
  @Override
  public synchronized void close() {
    closings.forEach(Runnable::run);
    closings.clear();
  }
}
