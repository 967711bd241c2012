package dev.counterfoil.terminal.input;

import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.CodeReader;
import dev.counterfoil.terminal.device.Keypad;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.device.Scale;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.keypad.SerialKeypad;
import dev.counterfoil.terminal.driver.scale.PolledScale;
import dev.counterfoil.terminal.driver.scale.ScaleWork;
import dev.counterfoil.terminal.driver.scanner.CodeScanner;
import dev.counterfoil.terminal.driver.wedge.WedgeCardReader;
import dev.counterfoil.terminal.driver.wedge.WedgeCodeReader;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings;
import dev.counterfoil.terminal.driver.wiegand.WiegandReader;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.EvdevDevice;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// All further inputs of one terminal, put together.
///
/// Threads: one for each device. All methods may be called from any thread; the listener is called on the devices'
/// threads and must not block.
public final class Inputs implements AutoCloseable {

  /// Who is told.
  public interface Listener {

    void code(CodeEvent event);

    void key(KeypadEvent event);

    void scale(ScaleEvent event);

    void card(ReaderEvent event);
  }

  private final InputSetup setup;
  private final Board.Opener boards;
  private final MonotonicClock clock;
  private final NumberRule rule;
  private final Listener listener;
  private final List<Runnable> closings = new ArrayList<>();
  private final List<Scale> weighing = new ArrayList<>();

  /// @param boards where pins and buses come from
  /// @param rule   what numbers without a proof are worth
  public Inputs(InputSetup setup, Board.Opener boards, MonotonicClock clock, NumberRule rule,
      Listener listener) {
    this.setup = setup;
    this.boards = boards;
    this.clock = clock;
    this.rule = rule;
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
    setup.scale().ifPresent(set -> {
      Scale scale = new PolledScale(told -> work(set, told), clock);
      weighing.add(scale);
      closings.add(scale::close);
      scale.start(listener::scale);
    });
    setup.wiegand().ifPresent(set -> {
      CardReader reader = new WiegandReader(boards::open, set, clock);
      closings.add(reader::close);
      reader.start(this::card);
    });
    setup.wedge().ifPresent(this::startWedge);
  }

  /// Makes what lies on the scale its nought, as [Scale#tare()]; nothing where there is none.
  public synchronized void tare() {
    weighing.forEach(Scale::tare);
  }

  private void card(ReaderEvent event) {
    listener.card(rule.judge(event));
  }

  private void startWedge(InputSetup.Wedge set) {
    var device = new EvdevDevice(set.device());
    if (set.settings().content() == WedgeSettings.Content.CODE) {
      CodeReader scanner = new WedgeCodeReader(device, clock, set.settings());
      closings.add(scanner::close);
      scanner.start(listener::code);
    } else {
      CardReader reader = new WedgeCardReader(device, clock, set.settings());
      closings.add(reader::close);
      reader.start(this::card);
    }
  }

  private ScaleWork work(InputSetup.ScaleSetup set, Consumer<ScaleEvent> told) {
    return switch (set.wires()) {
      case InputSetup.ScaleWires.Modbus(var port, var settings) -> ScaleWork.modbus(
          new JsscSerialLine(port, settings.baud(), clock), settings, set.rule(), clock, told);
      case InputSetup.ScaleWires.LoadCell(var settings) ->
        ScaleWork.nau7802(boards::open, settings, set.rule(), clock, told);
    };
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
