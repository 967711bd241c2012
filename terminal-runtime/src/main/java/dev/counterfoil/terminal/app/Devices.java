package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.driver.pn532.Pn532CardReader;
import dev.counterfoil.terminal.driver.pn532.Pn532Settings;
import dev.counterfoil.terminal.input.Inputs;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a customer touches and sees: turns what devices report into events of the core, and what the core wants shown
/// into text and lamps. A card's identity ends here; beyond it there are tokens.
final class Devices implements AutoCloseable {

  private static final String READER = "reader";
  private static final String DISPLAY = "display";
  private static final String KEYPAD = "keypad";
  private static final String SCANNER = "scanner";

  private final Consumer<Event> events;
  private final Function<byte[], CardToken> tokens;
  private final Optional<CardReader> reader;
  private final Panel panel;
  private final Inputs inputs;
  private final String serialKeypad;
  private final Texts texts;

  /// @param tokens makes the token of a card's identity
  /// @param events takes what happens; must not block
  Devices(TerminalConfig config, String name, MonotonicClock clock, Function<byte[], CardToken> tokens,
      Consumer<Event> events) {
    this.events = events;
    this.tokens = tokens;
    this.reader = config.reader()
        .map(set -> new Pn532CardReader(new JsscSerialLine(set.port(), set.baud(), clock),
            clock, Pn532Settings.defaults(), Optional.empty()));
    this.panel = new Panel(config, clock, new PanelEvents());
    this.inputs = new Inputs(config.inputs(), clock, new FurtherInputs());
    // The only keypad is needed where amounts are keyed; a second one is not.
    this.serialKeypad = config.keypad().isPresent() ? "second-keypad" : KEYPAD;
    // The display's character ROM has no Chinese, so a character display speaks English whatever is configured.
    this.texts = new Texts(config.display().isPresent() ? Language.ENGLISH : config.terminal().language(),
        config.display().map(TerminalConfig.Display::geometry).orElse(DisplayGeometry.LCD_16X2), name);
  }

  /// Starts all of them. Returns at once; what does not work is reported and tried again.
  void start() {
    panel.start();
    inputs.start();
    reader.ifPresent(device -> device.start(this::heard));
  }

  void show(Screen screen) {
    panel.show(texts.lines(screen));
  }

  void showLines(List<String> lines) {
    panel.show(lines);
  }

  void indicate(Signal signal) {
    panel.indicate(signal);
  }

  private void heard(ReaderEvent event) {
    switch (event) {
      case ReaderEvent.CardPresented(var card) -> input(presented(card));
      case ReaderEvent.CardRemoved _ -> input(new SaleEvent.CardRemoved());
      case ReaderEvent.SeveralCardsPresent() -> input(new SaleEvent.SeveralCards());
      case ReaderEvent.ReaderFault(var fault) ->
        events.accept(new Event.DeviceFailed(READER, fault.code().name()));
      case ReaderEvent.ReaderRecovered() -> events.accept(new Event.DeviceWell(READER));
    }
  }

  private void keyed(String keypad, KeypadEvent event) {
    switch (event) {
      case KeypadEvent.KeyPressed(var key) -> input(new SaleEvent.KeyPressed(key));
      case KeypadEvent.KeypadFault(var fault) ->
        events.accept(new Event.DeviceFailed(keypad, fault.code().name()));
      case KeypadEvent.KeypadRecovered() -> events.accept(new Event.DeviceWell(keypad));
    }
  }

  private final class FurtherInputs implements Inputs.Listener {

    @Override
    public void code(CodeEvent event) {
      switch (event) {
        case CodeEvent.CodeRead(var text) -> input(scanned(text));
        case CodeEvent.CodeReaderFault(var fault) ->
          events.accept(new Event.DeviceFailed(SCANNER, fault.code().name()));
        case CodeEvent.CodeReaderRecovered() -> events.accept(new Event.DeviceWell(SCANNER));
      }
    }

    @Override
    public void key(KeypadEvent event) {
      keyed(serialKeypad, event);
    }
  }

  /// Only codes of ours lead anywhere; what else the world prints on paper and telephones is turned away by name.
  private static SaleEvent scanned(String text) {
    return switch (PaymentCode.read(text)) {
      case PaymentCode.Reading.Ours(var code) -> new SaleEvent.CodePresented(code);
      case PaymentCode.Reading.Damaged() -> new SaleEvent.Misread(Screen.Mistake.SCAN_AGAIN);
      case PaymentCode.Reading.Foreign() -> new SaleEvent.Misread(Screen.Mistake.FOREIGN_CODE);
    };
  }

  private SaleEvent presented(CardIdentity card) {
    return card.hasRandomUid()
        ? new SaleEvent.CardUnidentified()
        : new SaleEvent.CardPresented(tokens.apply(card.uid()));
  }

  private void input(SaleEvent event) {
    events.accept(new Event.Input(event));
  }

  private final class PanelEvents implements Panel.Listener {

    @Override
    public void key(KeypadEvent event) {
      keyed(KEYPAD, event);
    }

    @Override
    public void display(DisplayEvent event) {
      switch (event) {
        case DisplayEvent.DisplayFault(var fault) ->
          events.accept(new Event.DeviceFailed(DISPLAY, fault.code().name()));
        case DisplayEvent.DisplayRecovered() -> events.accept(new Event.DeviceWell(DISPLAY));
      }
    }

    @Override
    public void boardFailed(String code) {
      events.accept(new Event.DeviceFailed("board", code));
    }

    @Override
    public void boardWell() {
      events.accept(new Event.DeviceWell("board"));
    }
  }

  @Override
  public void close() {
    reader.ifPresent(CardReader::close);
    inputs.close();
    panel.close();
  }
}
