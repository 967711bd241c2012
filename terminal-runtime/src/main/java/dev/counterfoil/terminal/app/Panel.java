package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.Display;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.Indicator;
import dev.counterfoil.terminal.device.Keypad;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.driver.display.LiveDisplay;
import dev.counterfoil.terminal.driver.indicator.LampIndicator;
import dev.counterfoil.terminal.driver.indicator.LampPins;
import dev.counterfoil.terminal.driver.keypad.KeypadMatrix;
import dev.counterfoil.terminal.driver.keypad.KeypadSettings;
import dev.counterfoil.terminal.driver.keypad.MatrixKeypad;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.driver.screen.Glasses;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PiBoard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Displays, keypad and lamps on the board's pins. While the board refuses one of them all are let go and tried again
/// later, because a board hands its pins out only together; what fails afterwards the drivers mend by themselves.
///
/// Threads: any. [#start] returns at once.
final class Panel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Panel.class);
  private static final long FIRST_RETRY_MILLIS = 1_000;
  private static final long LONGEST_RETRY_MILLIS = 60_000;

  /// Who is told. Called on the devices' threads; must not block.
  interface Listener {

    void key(KeypadEvent event);

    /// @param role which display
    void display(String role, DisplayEvent event);

    /// The board, or one of its pins, cannot be used. Told at each change of the code.
    void boardFailed(String code);

    void boardWell();
  }

  private final TerminalConfig config;
  private final MonotonicClock clock;
  private final Map<String, DisplayWiring.OnBoard> wirings;
  private final Glasses glasses;
  private final Listener listener;
  private final Thread opener = Thread.ofPlatform().name("panel").daemon().unstarted(this::openUntilItWorks);

  private ScreenText text = new ScreenText(List.of());
  private Signal signal = Signal.IDLE;
  private List<Display> displays = List.of();
  private @Nullable Indicator indicator;
  private Deque<AutoCloseable> open = new ArrayDeque<>();

  /// @param displays by the role that a listener is told
  Panel(TerminalConfig config, Map<String, DisplayWiring.OnBoard> displays, Glasses glasses,
      MonotonicClock clock,
      Listener listener) {
    this.config = config;
    this.wirings = displays;
    this.glasses = glasses;
    this.clock = clock;
    this.listener = listener;
  }

  void start() {
    if (!wirings.isEmpty() || config.keypad().isPresent() || config.lamps().isPresent()) {
      opener.start();
    }
  }

  synchronized void show(ScreenText wanted) {
    text = wanted;
    displays.forEach(display -> display.show(wanted));
  }

  synchronized void indicate(Signal wanted) {
    signal = wanted;
    if (indicator != null) {
      indicator.show(wanted);
    }
  }

  /// The click of a key, where nothing more important is being shown.
  synchronized void click() {
    if (indicator != null && signal != Signal.WAIT && signal != Signal.ERROR) {
      indicator.show(Signal.KEY);
    }
  }

  private void openUntilItWorks() {
    long pause = FIRST_RETRY_MILLIS;
    String told = "";
    try {
      while (true) {
        String code = tryOpen();
        if (code.isEmpty()) {
          listener.boardWell();
          return;
        }
        if (!code.equals(told)) {
          listener.boardFailed(code);
          told = code;
        }
        clock.await(pause);
        pause = Math.min(2 * pause, LONGEST_RETRY_MILLIS);
      }
    } catch (InterruptedException _) {
      LOG.debug("panel stops before its board could be used");
    }
  }

  /// @return the code of what is wrong, empty if it works now
  private String tryOpen() {
    try {
      open(PiBoard.open(config.gpioChip()));
      return "";
    } catch (DeviceFaultException e) {
      LOG.warn("event=device_fault device=board detail=\"{}\"", e.fault().describe());
      letGo();
      return e.fault().code().name();
    }
  }

  private synchronized void open(Board board) throws DeviceFaultException {
    open.push(board);
    if (config.lamps().isPresent()) {
      var pins = config.lamps().get();
      indicator = LampIndicator.on(LampPins.on(board, pins.green(), pins.red(), pins.buzzer()));
      open.push(indicator);
      indicator.show(signal);
    }
    var opened = new ArrayList<Display>();
    for (var wiring : wirings.entrySet()) {
      opened.add(display(board, wiring.getKey(), wiring.getValue()));
    }
    displays = opened;
    if (config.keypad().isPresent()) {
      Keypad keypad = new MatrixKeypad(
          KeypadMatrix.on(board, config.keypad().get().rows(), config.keypad().get().columns()), clock,
          KeypadSettings.defaults());
      open.push(keypad);
      keypad.start(listener::key);
    }
  }

  private Display display(Board board, String role, DisplayWiring.OnBoard wiring)
      throws DeviceFaultException {
    var display = new LiveDisplay(role + " " + wiring.where(), clock, glasses.on(board, wiring));
    open.push(display);
    display.show(text);
    display.start(event -> listener.display(role, event));
    return display;
  }

  private void letGo() {
    Deque<AutoCloseable> closing;
    synchronized (this) {
      displays = List.of();
      indicator = null;
      closing = open;
      open = new ArrayDeque<>();
    }
    // Not under the lock: closing waits for threads that may be telling something.
    for (AutoCloseable device : closing) {
      try {
        device.close();
      } catch (Exception e) {
        LOG.warn("event=device_close_failed cause=\"{}\"", e.toString());
      }
    }
  }

  @Override
  public void close() {
    opener.interrupt();
    letGo();
  }
}
