package dev.counterfoil.sim.device;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.board.BoardServer;
import dev.counterfoil.sim.device.board.GpioLine;
import dev.counterfoil.sim.device.board.I2cSocket;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.oled.OledKind;
import dev.counterfoil.sim.device.oled.OledModule;
import dev.counterfoil.sim.device.panel.Buzzer;
import dev.counterfoil.sim.device.panel.Finger;
import dev.counterfoil.sim.device.panel.KeypadMatrix;
import dev.counterfoil.sim.device.panel.LcdModule;
import dev.counterfoil.sim.device.panel.Led;
import dev.counterfoil.sim.device.pn532.HostInterface;
import dev.counterfoil.sim.device.pn532.Pn532BusReader;
import dev.counterfoil.sim.device.pn532.Pn532Faults;
import dev.counterfoil.sim.device.pn532.Pn532Reader;
import dev.counterfoil.sim.device.pn532.ReaderModule;
import dev.counterfoil.sim.device.pn532.ReaderTrace;
import dev.counterfoil.sim.device.pole.PoleDisplay;
import dev.counterfoil.sim.device.printer.EscPosPrinter;
import dev.counterfoil.sim.line.FaultyLine;
import dev.counterfoil.sim.line.LineFaults;
import dev.counterfoil.sim.line.PtyLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// All hardware of one terminal, under one folder: a PN532 on the pseudo-terminal `reader.tty`, or on the board's I2C or
/// SPI if asked for, and a board at the socket `board.sock` with displays, keypad, two LEDs and a buzzer, wired as
/// [#ROWS] and the other
/// constants say.
///
/// The terminal is started with `reader.tty` as its reader's serial port and
/// `-Dcounterfoil.sim.socket=board.sock`. It may be killed and started again at any time; the hardware stays.
/// Any thread may call; presses block for as long as the key is held. The reader runs on one thread, the
/// board on one per connection.
public final class SimTerminalHardware implements AutoCloseable {
  /// Keypad rows from the top, Broadcom numbers.
  public static final List<Integer> ROWS = List.of(5, 6, 13, 19);
  /// Keypad columns from the left, Broadcom numbers.
  public static final List<Integer> COLUMNS = List.of(12, 16, 20, 21);
  public static final int LED_GREEN = 17;
  public static final int LED_RED = 27;
  public static final int BUZZER = 22;
  public static final int LCD_BUS = 1;
  public static final int LCD_ADDRESS = 0x27;
  /// Where an SSD1306 and an SH1106 are on the display's bus, both beside the character display.
  public static final int SSD1306_ADDRESS = 0x3C;
  public static final int SH1106_ADDRESS = 0x3D;
  public static final int READER_I2C_BUS = 1;
  public static final int READER_I2C_ADDRESS = 0x24;
  public static final int READER_SPI_BUS = 0;
  public static final int READER_SPI_SELECT = 0;
  /// The reader's reset input; low restarts its chip.
  public static final int READER_RESET = 25;
  /// Keys row by row.
  public static final String KEYS = "123A456B789C*0#D";

  private final Path readerPath;
  private final Path socketPath;
  private final Path printerPath;
  private final Path polePath;
  private final SimBoard board;
  private final BoardServer server;
  private final HostInterface readerBus;
  private final LineFaults lineFaults;
  private final ReaderModule reader;
  private final EscPosPrinter printer;
  private final PoleDisplay pole;
  private final LcdModule lcd;
  private final I2cSocket lcdSocket;
  private final Oled ssd1306;
  private final Oled sh1106;
  private final KeypadMatrix keypad;
  private final Finger finger;
  private final Led green;
  private final Led red;
  private final Buzzer buzzer;

  private SimTerminalHardware(Setup setup) {
    createFolder(setup.folder);
    readerPath = setup.folder.resolve("reader.tty");
    socketPath = setup.folder.resolve("board.sock");
    printerPath = setup.folder.resolve("printer.tty");
    polePath = setup.folder.resolve("pole.tty");
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(setup.seed);
    LongSupplier micros = () -> System.nanoTime() / 1_000;

    board = new SimBoard(micros);
    lcd = new LcdModule(setup.lcdColumns, setup.lcdRows);
    lcdSocket = board.attach(LCD_BUS, LCD_ADDRESS, lcd);
    ssd1306 = oled(OledKind.SSD1306, SSD1306_ADDRESS, setup.seed);
    sh1106 = oled(OledKind.SH1106, SH1106_ADDRESS, setup.seed);
    keypad = new KeypadMatrix(KEYS, lines(ROWS), lines(COLUMNS));
    finger = new Finger(keypad, micros, random);
    green = new Led(board.line(LED_GREEN));
    red = new Led(board.line(LED_RED));
    buzzer = new Buzzer(board.line(BUZZER), micros);
    server = BoardServer.serve(board, socketPath);

    readerBus = setup.readerBus;
    printer = EscPosPrinter.on(publish(printerPath));
    pole = PoleDisplay.on(publish(polePath));
    lineFaults = new LineFaults(random);
    reader = switch (readerBus) {
      case HSU -> serialReader(setup, random);
      case I2C -> i2cReader(setup, random);
      case SPI -> spiReader(setup, random);
    };
    board.line(READER_RESET).observe(new ResetInput(reader));
  }

  private ReaderModule serialReader(Setup setup, RandomGenerator random) {
    PtyLine pty = publish(readerPath);
    return Pn532Reader.on(new FaultyLine(pty, lineFaults)).random(random).checksSpeedOf(pty)
        .wireTakesTime(setup.wireTakesTime).name("pn532-" + setup.folder.getFileName()).start();
  }

  private Oled oled(OledKind kind, int address, long seed) {
    OledModule module = new OledModule(kind, seed);
    return new Oled(module, board.attach(LCD_BUS, address, module));
  }

  private ReaderModule i2cReader(Setup setup, RandomGenerator random) {
    Pn532BusReader module = new Pn532BusReader(random, lineFaults, setup.wireTakesTime,
        ReaderTrace.none());
    I2cSocket socket = board.attach(READER_I2C_BUS, READER_I2C_ADDRESS, module.onI2c());
    module.unplugsBy(socket::plugged);
    return module;
  }

  private ReaderModule spiReader(Setup setup, RandomGenerator random) {
    Pn532BusReader module = new Pn532BusReader(random, lineFaults, setup.wireTakesTime,
        ReaderTrace.none());
    board.attachSpi(READER_SPI_BUS, READER_SPI_SELECT, module.onSpi());
    return module;
  }

  /// The chip begins anew at each falling edge that the terminal drives.
  private record ResetInput(ReaderModule reader) implements GpioLine.Observer {
    @Override
    public void changed(GpioLine line) {
      if (line.drivenByTerminal() == GpioLine.Drive.LOW) {
        reader.powerCycle();
      }
    }
  }

  private PtyLine publish(Path path) {
    try {
      removeLeftOverLink(path);
      return PtyLine.publishedAt(path);
    } catch (RuntimeException refused) {
      server.close();
      throw refused;
    }
  }

  /// The board's socket was free, so a link here was left by a simulator that was killed, even if its
  /// pseudo-terminal's number has been given to somebody else since.
  private void removeLeftOverLink(Path path) {
    try {
      if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).startsWith("/dev/pts")) {
        Files.delete(path);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException("SIM-FOLDER: cannot remove " + path, refused);
    }
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException refused) {
      throw new UncheckedIOException("SIM-FOLDER: cannot create " + folder, refused);
    }
  }

  private List<GpioLine> lines(List<Integer> numbers) {
    return numbers.stream().map(board::line).toList();
  }

  /// Hardware under `folder`, which is created when missing: 16 x 2 display, wire without speed, seed 1.
  public static Setup in(Path folder) {
    return new Setup(folder);
  }

  /// What can be chosen before the hardware is put together.
  public static final class Setup {
    private final Path folder;
    private int lcdColumns = 16;
    private int lcdRows = 2;
    private boolean wireTakesTime;
    private long seed = 1;
    private HostInterface readerBus = HostInterface.HSU;

    private Setup(Path folder) {
      this.folder = folder;
    }

    /// The display's glass: 16 x 2 or 20 x 4.
    public Setup lcd(int columns, int rows) {
      lcdColumns = columns;
      lcdRows = rows;
      return this;
    }

    /// Bytes take 87 us each on the reader's wire, as at 115,200 bit/s.
    public Setup wireTakesTime(boolean on) {
      wireTakesTime = on;
      return this;
    }

    /// How the reader is connected: where its switches stand.
    public Setup reader(HostInterface bus) {
      readerBus = bus;
      return this;
    }

    /// Seed of bounces and line faults.
    public Setup seed(long value) {
      seed = value;
      return this;
    }

    /// Puts it together and switches it on.
        ///
        /// @throws dev.counterfoil.sim.line.LineException when the reader's path is taken
        /// @throws dev.counterfoil.sim.device.board.BoardSocketException when the board's socket is taken
    public SimTerminalHardware open() {
      return new SimTerminalHardware(this);
    }
  }

  /// How the reader is connected.
  public HostInterface readerBus() {
    return readerBus;
  }

  /// Where an installer would say that the reader is: a path, `i2c 1/0x24` or `spi 0.0`.
  public String readerPlace() {
    return switch (readerBus) {
      case HSU -> readerPath.toString();
      case I2C -> "i2c %d/0x%02X".formatted(READER_I2C_BUS, READER_I2C_ADDRESS);
      case SPI -> "spi %d.%d".formatted(READER_SPI_BUS, READER_SPI_SELECT);
    };
  }

  /// The serial port of the reader; nothing is there when it is on another bus.
  public Path readerPath() {
    return readerPath;
  }

  /// The serial port of the receipt printer.
  public Path printerPath() {
    return printerPath;
  }

  public EscPosPrinter printer() {
    return printer;
  }

  /// The serial port of the customer's pole display.
  public Path polePath() {
    return polePath;
  }

  public PoleDisplay pole() {
    return pole;
  }

  /// The value of `counterfoil.sim.socket` for the terminal.
  public Path socketPath() {
    return socketPath;
  }

  /// Lays a card on the reader; a second one may be laid beside it.
  public void presentCard(Card card) {
    reader.field().put(card);
  }

  /// Takes all cards off the reader.
  public void removeCard() {
    reader.field().clear();
  }

  /// The space in front of the reader.
  public RfField field() {
    return reader.field();
  }

  /// Presses one key as people do: 60 ms down with bounce, 40 ms up. Blocks for that time.
  public void pressKey(char key) {
    finger.press(key, Finger.Touch.usual());
  }

  /// Presses keys one after another.
  public void typeKeys(String keys) {
    keys.chars().forEach(key -> pressKey((char) key));
  }

  /// Presses a key with a rhythm of one's own.
  public void pressKey(char key, Finger.Touch touch) {
    finger.press(key, touch);
  }

  /// The text on the display, a string per row.
  public List<String> glass() {
    return lcd.glass();
  }

  /// Waits for the display to show what is wanted; false when it did not within `timeoutMillis`.
  public boolean awaitGlass(Predicate<List<String>> wanted, long timeoutMillis) throws InterruptedException {
    return lcd.awaitGlass(wanted, timeoutMillis);
  }

  /// Which of the two lights are on.
  public record Leds(boolean green, boolean red) {}

  public Leds leds() {
    return new Leds(green.lit(), red.lit());
  }

  /// Finished beeps, oldest first, at most the newest 1,000.
  public List<Buzzer.Beep> beeps() {
    return buzzer.beeps();
  }

  /// Cuts the reader's supply for a moment.
  public void powerCycleReader() {
    reader.powerCycle();
  }

  /// Cuts the supply of reader and display for a moment, as a power cut does; outputs fall to low.
  public void powerCycle() {
    reader.powerCycle();
    printer.powerCycle();
    pole.powerCycle();
    lcd.powerCycle();
    ssd1306.module.powerCycle();
    sh1106.module.powerCycle();
    IntStream.of(LED_GREEN, LED_RED, BUZZER).mapToObj(board::line).forEach(GpioLine::powerOff);
    ROWS.forEach(bcm -> board.line(bcm).powerOff());
    COLUMNS.forEach(bcm -> board.line(bcm).powerOff());
  }

  /// How the reader's chip misbehaves.
  public Pn532Faults readerFaults() {
    return reader.faults();
  }

  /// What goes wrong on the reader's wire.
  public LineFaults readerLineFaults() {
    return lineFaults;
  }

  /// Pulls the reader's plug; [#replugReader] puts it back in the same place.
  public void unplugReader() {
    reader.plugged(false);
  }

  public void replugReader() {
    reader.plugged(true);
  }

  /// The display's place on the bus: unplug, delay, no acknowledge.
  public I2cSocket lcdSocket() {
    return lcdSocket;
  }

  /// A graphic display and its place on the bus.
  public record Oled(OledModule module, I2cSocket socket) {

    /// Pulls it off the bus, which is its supply too.
    public void unplug() {
      socket.plugged(false);
      module.powerCycle();
    }

    public void replug() {
      socket.plugged(true);
    }
  }

  public Oled ssd1306() {
    return ssd1306;
  }

  public Oled sh1106() {
    return sh1106;
  }

  /// Cuts the terminal's connections to the board; it may connect again at once.
  public void dropBoardConnections() {
    server.dropConnections();
  }

  public ReaderModule reader() {
    return reader;
  }

  public LcdModule lcd() {
    return lcd;
  }

  public KeypadMatrix keypad() {
    return keypad;
  }

  public Finger finger() {
    return finger;
  }

  public Buzzer buzzer() {
    return buzzer;
  }

  public SimBoard board() {
    return board;
  }

  /// Switches everything off and removes both files.
  @Override
  public void close() {
    reader.close();
    printer.close();
    pole.close();
    server.close();
  }
}
