package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.Display;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.PolledReader;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.device.Speaker;
import dev.counterfoil.terminal.driver.display.LiveDisplay;
import dev.counterfoil.terminal.driver.escpos.EscPosPrinter;
import dev.counterfoil.terminal.driver.escpos.EscPosSettings;
import dev.counterfoil.terminal.driver.pcsc.PcscCardReader;
import dev.counterfoil.terminal.driver.pn532.Pn532CardReader;
import dev.counterfoil.terminal.driver.pn532.Pn532Settings;
import dev.counterfoil.terminal.driver.pn532.ReaderReset;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.driver.screen.Glasses;
import dev.counterfoil.terminal.driver.sound.ProgramSpeaker;
import dev.counterfoil.terminal.driver.sound.Recordings;
import dev.counterfoil.terminal.input.CardEvents;
import dev.counterfoil.terminal.input.Inputs;
import dev.counterfoil.terminal.input.NumberRule;
import dev.counterfoil.terminal.input.ScannedCode;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.DeviceFile;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PcscLite;
import dev.counterfoil.terminal.line.PiBoard;
import dev.counterfoil.terminal.line.SerialLine;
import dev.counterfoil.terminal.receipt.Receipt;
import dev.counterfoil.terminal.receipt.ReceiptDesk;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts;
import dev.counterfoil.terminal.sale.Texts.Language;
import dev.counterfoil.terminal.speech.SpokenScreen;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a customer touches and sees: turns what devices report into events of the core, and what the core wants shown
/// into text and lamps. A card's identity ends here; beyond it there are tokens.
final class Devices implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
  private static final String READER = "reader";
  static final String DISPLAY = "display";
  static final String CUSTOMER_DISPLAY = "customer-display";
  private static final String KEYPAD = "keypad";
  private static final String SCANNER = "scanner";
  private static final String SCALE = "scale";

  private final Consumer<Event> events;
  private final CardEvents cards;
  private final Optional<PolledReader> reader;
  private final Panel panel;
  private final Map<String, Display> onWires = new LinkedHashMap<>();
  private final Inputs inputs;
  private final String serialKeypad;
  private final Optional<ReceiptDesk> receipts;
  private final String furtherReader;
  private final Texts texts;
  private final Language language;
  private final Optional<Speaker> speaker;
  private final boolean weighs;
  private @Nullable Screen shown;

  /// @param prover decides which cards are taken
  /// @param tokens makes the token of a card's identity
  /// @param font   for displays of pixels
  /// @param events takes what happens; must not block
  Devices(TerminalConfig config, String name, Font font, MonotonicClock clock, CardProver prover,
      Function<byte[], CardToken> tokens, Consumer<Event> events) {
    this.events = events;
    this.cards = new CardEvents(tokens);
    Board.Opener boards = () -> PiBoard.open(config.gpioChip());
    this.reader = config.reader().map(set -> reader(set, boards, clock, prover));
    var glasses = new Glasses(font, clock);
    this.panel = new Panel(config, onBoard(config), glasses, clock, new PanelEvents());
    config.display().ifPresent(wiring -> putOnWire(DISPLAY, wiring, glasses, clock));
    config.customerDisplay().ifPresent(wiring -> putOnWire(CUSTOMER_DISPLAY, wiring, glasses, clock));
    this.inputs = new Inputs(config.inputs(), boards, clock, new NumberRule(prover == CardProver.UID),
        new FurtherInputs());
    this.furtherReader = config.reader().isPresent() ? "second-reader" : READER;
    // The only keypad is needed where amounts are keyed; a second one is not.
    this.serialKeypad = config.keypad().isPresent() ? "second-keypad" : KEYPAD;
    this.receipts = config.printer().map(set -> receipts(set, name, config.terminal().language(), clock));
    this.language = config.terminal().language();
    this.speaker = config.speech()
        .map(set -> ProgramSpeaker.by(ProgramSpeaker.APLAY, new Recordings(Path.of(set.folder()))));
    var mode = config.terminal().mode();
    this.texts = new Texts(language, name,
        mode instanceof SaleMode.Products || mode instanceof SaleMode.Weighed);
    this.weighs = mode instanceof SaleMode.Weighed;
  }

  private static Map<String, DisplayWiring.OnBoard> onBoard(TerminalConfig config) {
    var displays = new LinkedHashMap<String, DisplayWiring.OnBoard>();
    config.display().ifPresent(wiring -> put(displays, DISPLAY, wiring));
    config.customerDisplay().ifPresent(wiring -> put(displays, CUSTOMER_DISPLAY, wiring));
    return displays;
  }

  private static void put(Map<String, DisplayWiring.OnBoard> displays, String role, DisplayWiring wiring) {
    switch (wiring) {
      case DisplayWiring.OnBoard onBoard -> displays.put(role, onBoard);
      case DisplayWiring.Pole _ -> {
        // Not on the board.
      }
    }
  }

  private void putOnWire(String role, DisplayWiring wiring, Glasses glasses, MonotonicClock clock) {
    if (wiring instanceof DisplayWiring.Pole(var port, var baud)) {
      onWires.put(role,
          new LiveDisplay(role + " " + port, clock, glasses.on(new JsscSerialLine(port, baud, clock))));
    }
  }

  private ReceiptDesk receipts(TerminalConfig.Printer set, String name, Language language,
      MonotonicClock clock) {
    var printer = new EscPosPrinter(printerLine(set, clock), clock,
        new EscPosSettings(set.file().isEmpty(), set.cut(), EscPosSettings.DEFAULT_ASK_MILLIS));
    var receipt = new Receipt(name, name, language, ZoneId.systemDefault(), set.columns(), set.qr(),
        set.drawer());
    return new ReceiptDesk(printer, receipt, set.automatic(), events);
  }

  private static SerialLine printerLine(TerminalConfig.Printer set, MonotonicClock clock) {
    return set.file().isEmpty()
        ? new JsscSerialLine(set.port(), set.baud(), clock)
        : new DeviceFile(set.file(), clock);
  }

  private static PolledReader reader(TerminalConfig.Reader set, Board.Opener boards, MonotonicClock clock,
      CardProver prover) {
    if (!set.pcsc().isEmpty()) {
      return new PcscCardReader(new PcscLite(), set.pcsc(), clock, prover);
    }
    var wire = set.place().wire((port, baud) -> new JsscSerialLine(port, baud, clock), boards, clock);
    return new Pn532CardReader(wire, clock, Pn532Settings.defaults(),
        set.resetPin().map(bcm -> ReaderReset.byPin(boards, bcm, clock)), prover);
  }

  /// Starts all of them. Returns at once; what does not work is reported and tried again.
  void start() {
    panel.start();
    inputs.start();
    reader.ifPresent(device -> device.start(event -> heard(READER, event)));
    onWires.forEach((role, display) -> display.start(event -> drawn(role, event)));
    receipts.ifPresent(ReceiptDesk::start);
  }

  /// How often the reader has looked for cards; empty without a reader that looks.
  Optional<Long> readerTurns() {
    return reader.map(PolledReader::turns);
  }

  /// Prints the receipt of a durable record, where there is a printer. Returns at once.
  void print(JournalRecord record) {
    receipts.ifPresent(desk -> desk.print(record));
  }

  /// Makes what lies on the scale its nought, as soon as it lies still.
  void tare() {
    inputs.tare();
  }

  void print(JournalRecord closing, ShiftAnswer answer) {
    receipts.ifPresent(desk -> desk.print(closing, answer));
  }

  void show(Screen screen) {
    show(texts.text(screen));
    if (!screen.equals(shown)) {
      shown = screen;
      speaker.ifPresent(voice -> voice.say(SpokenScreen.words(screen, language)));
      if (bare(screen) instanceof Screen.SeveralCards) {
        panel.indicate(Signal.AGAIN);
      }
    }
  }

  void show(ScreenText text) {
    panel.show(text);
    onWires.values().forEach(display -> display.show(text));
  }

  void indicate(Signal signal) {
    panel.indicate(signal == Signal.DECLINE && shown != null && shown.asksAgain() ? Signal.AGAIN : signal);
  }

  /// What test mode marks sounds and blinks as without the mark.
  private static Screen bare(Screen screen) {
    return screen instanceof Screen.Test(var unmarked) ? unmarked : screen;
  }

  private void drawn(String role, DisplayEvent event) {
    switch (event) {
      case DisplayEvent.DisplayFault(var fault) ->
        events.accept(new Event.DeviceFailed(role, fault.code().name()));
      case DisplayEvent.DisplayRecovered() -> events.accept(new Event.DeviceWell(role));
    }
  }

  private void heard(String name, ReaderEvent event) {
    events.accept(cards.of(name, event));
  }

  private void pressed(char key) {
    panel.click();
    input(new SaleEvent.KeyPressed(receipts.map(desk -> desk.pressed(key)).orElse(key)));
  }

  private void keyed(String keypad, KeypadEvent event) {
    switch (event) {
      case KeypadEvent.KeyPressed(var key) -> pressed(key);
      case KeypadEvent.KeypadFault(var fault) ->
        events.accept(new Event.DeviceFailed(keypad, fault.code().name()));
      case KeypadEvent.KeypadRecovered() -> events.accept(new Event.DeviceWell(keypad));
    }
  }

  private final class FurtherInputs implements Inputs.Listener {

    @Override
    public void code(CodeEvent event) {
      switch (event) {
        case CodeEvent.CodeRead(var text) -> input(ScannedCode.of(text));
        case CodeEvent.CodeMisread(var fault) -> {
          LOG.warn("event=code_misread detail=\"{}\"", fault.describe());
          input(new SaleEvent.Misread(Screen.Mistake.SCAN_AGAIN));
        }
        case CodeEvent.CodeReaderFault(var fault) ->
          events.accept(new Event.DeviceFailed(SCANNER, fault.code().name()));
        case CodeEvent.CodeReaderRecovered() -> events.accept(new Event.DeviceWell(SCANNER));
      }
    }

    @Override
    public void key(KeypadEvent event) {
      keyed(serialKeypad, event);
    }

    @Override
    public void card(ReaderEvent event) {
      heard(furtherReader, event);
    }

    @Override
    public void scale(ScaleEvent event) {
      switch (event) {
        case ScaleEvent.Weighed _ -> {
          // Looked at below.
        }
        case ScaleEvent.ScaleFault(var fault) ->
          events.accept(new Event.DeviceFailed(SCALE, fault.code().name()));
        case ScaleEvent.ScaleRecovered() -> events.accept(new Event.DeviceWell(SCALE));
      }
      if (weighs) {
        events.accept(new Event.OnScale(event));
      }
    }
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
    public void display(String role, DisplayEvent event) {
      drawn(role, event);
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
    onWires.values().forEach(Display::close);
    receipts.ifPresent(ReceiptDesk::close);
    speaker.ifPresent(Speaker::close);
  }
}
