package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.display.Glass;
import dev.counterfoil.terminal.driver.escpos.PrinterStatus;
import dev.counterfoil.terminal.driver.escpos.PrinterTestPage;
import dev.counterfoil.terminal.driver.keypad.KeypadMatrix;
import dev.counterfoil.terminal.driver.pcsc.PcscDesk;
import dev.counterfoil.terminal.driver.pn532.Pn532Channel;
import dev.counterfoil.terminal.driver.pn532.Pn532Chip;
import dev.counterfoil.terminal.driver.pn532.Pn532Place;
import dev.counterfoil.terminal.driver.pn532.Pn532Settings;
import dev.counterfoil.terminal.driver.pn532.Pn532Wire;
import dev.counterfoil.terminal.driver.pn532.SpeedSearch;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.driver.screen.Glasses;
import dev.counterfoil.terminal.font.FontFile;
import dev.counterfoil.terminal.layout.PlainFont;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.DeviceFile;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PcscLite;
import dev.counterfoil.terminal.line.PcscPort;
import dev.counterfoil.terminal.line.PiBoard;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Checks each device of a terminal in turn and says what is wrong with it: `counterfoil terminal doctor`.
///
/// Uses the devices themselves, so the terminal must not run at the same time; if it does, the reader's check says
/// `PORT_BUSY`. Lamps, buzzer and text can only be driven, not seen: their lines ask the installer to look. No check
/// stops another one.
///
/// Threads: the caller's. Blocks for about two seconds, and about six when the reader is silent.
public final class Doctor {

  private static final String CARD = "card";
  private static final long LAMP_MILLIS = 300;
  private static final long BEEP_MILLIS = 100;
  private static final int CARD_LOOKS = 10;
  private static final int READER_STARTS = 3;
  private static final long BETWEEN_STARTS_MILLIS = 700;

  /// Where serial lines and the board come from.
  public interface Wires {

    /// The serial line of this name, closed still; with 0 baud it is a device file that only takes bytes.
    SerialLine line(String port, int baud);

    /// The PC/SC service, closed still.
    default PcscPort pcsc() {
      return new PcscLite();
    }

    /// The board.
    ///
    /// @throws DeviceFaultException if it cannot be used
    Board board() throws DeviceFaultException;
  }

  private static final ScreenText TEST_CARD = ScreenText.plain("Counterfoil doctor", "0123456789ABCDEFGHIJ",
      "#".repeat(DisplayGeometry.LCD_20X4.columns()), "last line");

  /// One look at one device.
  interface Check {
    String run() throws DeviceFaultException, InterruptedException;
  }

  /// Makes a check and notes what it found.
  interface Checks {
    boolean check(String device, Check check) throws InterruptedException;
  }

  private final DeviceSetup setup;
  private final MonotonicClock clock;
  private final Wires wires;
  private final CardProver prover;
  private final Consumer<Finding> progress;
  private final List<Finding> findings = new ArrayList<>();

  /// @param prover   the rule by which this terminal takes cards; tried on a card that lies there
  /// @param progress called with each finding as it is made
  public Doctor(DeviceSetup setup, MonotonicClock clock, Wires wires, CardProver prover,
      Consumer<Finding> progress) {
    this.setup = setup;
    this.clock = clock;
    this.wires = wires;
    this.prover = prover;
    this.progress = progress;
  }

  /// Of a terminal that takes cards by their UID.
  public Doctor(DeviceSetup setup, MonotonicClock clock, Wires wires, Consumer<Finding> progress) {
    this(setup, clock, wires, CardProver.UID, progress);
  }

  /// A doctor for the machine this program runs on.
  ///
  /// @param gpioChip label, name or device file of the GPIO chip with the header's pins, or `auto`
  public static Doctor forThisMachine(DeviceSetup setup, String gpioChip, CardProver prover,
      Consumer<Finding> progress) {
    var clock = MonotonicClock.system();
    return new Doctor(setup, clock, new MachineWires(clock, gpioChip), prover, progress);
  }

  /// The same, of a terminal that takes cards by their UID.
  public static Doctor forThisMachine(DeviceSetup setup, Consumer<Finding> progress) {
    return forThisMachine(setup, PiBoard.AUTO_CHIP, CardProver.UID, progress);
  }

  private record MachineWires(MonotonicClock clock, String gpioChip) implements Wires {
    @Override
    public SerialLine line(String port, int baud) {
      return baud == 0 ? new DeviceFile(port, clock) : new JsscSerialLine(port, baud, clock);
    }

    @Override
    public Board board() throws DeviceFaultException {
      return PiBoard.open(gpioChip);
    }
  }

  /// Checks everything once.
  ///
  /// @throws InterruptedException if asked to stop; all devices are released then
  public DoctorReport examine() throws InterruptedException {
    findings.clear();
    if (setup.reader().isPresent()) {
      examineReader(setup.reader().get());
    }
    if (setup.display().isPresent() && setup.display().get() instanceof DisplayWiring.Pole pole) {
      examinePole("display", pole);
    }
    if (setup.customerDisplay().isPresent()
        && setup.customerDisplay().get() instanceof DisplayWiring.Pole pole) {
      examinePole("customer-display", pole);
    }
    if (setup.printer().isPresent()) {
      examinePrinter(setup.printer().get());
    }
    if (setup.pcsc().isPresent()) {
      examinePcsc(setup.pcsc().get());
    }
    if (setup.font().isPresent()) {
      examineFont(setup.font().get());
    }
    if (setup.needsBoard()) {
      examineBoard();
    }
    new InputChecks(clock, wires, this::check).examine(setup.inputs());
    return new DoctorReport(findings);
  }

  private void examineReader(Pn532Place place) throws InterruptedException {
    var name = "reader " + place.name();
    try (var wire = place.wire(wires::line, wires::board, clock)) {
      var chip = new Pn532Chip(wire, clock, Pn532Settings.defaults());
      boolean answers = check(name, () -> {
        wire.open();
        var firmware = start(wire, chip);
        return "PN532 with firmware " + firmware.version() + "." + firmware.revision();
      });
      if (answers) {
        var cards = new ArrayList<CardIdentity>();
        check(name, () -> lookForCards(chip, cards));
        if (cards.size() == 1) {
          examineCard(() -> new Pn532Channel(chip, cards.getFirst()));
        }
      }
    }
  }

  private void examinePcsc(String wanted) throws InterruptedException {
    try (var port = wires.pcsc()) {
      var desk = new PcscDesk(port, wanted);
      if (check("reader " + wanted, desk::find)) {
        check("reader " + wanted, desk::look);
      }
      if (desk.hasCard()) {
        examineCard(desk::card);
      }
    }
  }

  /// Some adapters pass nothing on during their first second, so one silence is no diagnosis.
  private Pn532Chip.Firmware start(Pn532Wire wire, Pn532Chip chip)
      throws DeviceFaultException, InterruptedException {
    for (int attempt = 1;; attempt++) {
      try {
        return chip.start();
      } catch (DeviceFaultException e) {
        if (e.fault().code() == FaultCode.LINE_LOST) {
          throw e;
        }
        if (attempt == READER_STARTS) {
          throw wrongSpeed(wire, chip).orElse(e);
        }
        clock.await(BETWEEN_STARTS_MILLIS);
      }
    }
  }

  private static Optional<DeviceFaultException> wrongSpeed(Pn532Wire wire, Pn532Chip chip)
      throws InterruptedException {
    var speed = SpeedSearch.find(wire, chip);
    return speed.isEmpty() ? Optional.empty()
        : Optional.of(new DeviceFaultException(new DeviceFault(FaultCode.READER_WRONG_SPEED,
            "reader " + wire.name(), "answers at " + speed.getAsInt() + " baud")));
  }

  private static String lookForCards(Pn532Chip chip, List<CardIdentity> cards)
      throws DeviceFaultException, InterruptedException {
    for (int look = 0; look < CARD_LOOKS && cards.isEmpty(); look++) {
      cards.addAll(chip.listCards());
    }
    return cards.isEmpty() ? "looked for cards, field is empty" : "looked for cards, found " + cards;
  }

  private interface Conversation {
    CardChannel begin() throws CardRefusedException, DeviceFaultException;
  }

  private void examineCard(Conversation card) throws InterruptedException {
    try {
      found(Finding.pass(CARD, "it would be taken: " + prover.prove(card.begin()).kind()));
    } catch (CardRefusedException e) {
      found(Finding.fail(CARD, e));
    } catch (DeviceFaultException e) {
      found(Finding.fail(CARD, e.fault()));
    }
  }

  private void examinePrinter(DeviceSetup.Printer printer) throws InterruptedException {
    check("printer " + printer.line(), () -> {
      try (var line = wires.line(printer.line(), printer.baud())) {
        line.open();
        boolean low = printer.baud() != 0 && new PrinterStatus(line).requireReady();
        line.write(PrinterTestPage.bytes(printer.cuts()));
        return "a test page was sent, please look at it" + (low ? "; paper is near its end" : "");
      }
    });
  }

  private void examineBoard() throws InterruptedException {
    try (var board = wires.board()) {
      for (var choice : board.providers()) {
        check("provider", () -> chosen(choice));
      }
      examineChip(board);
      if (setup.display().isPresent() && setup.display().get() instanceof DisplayWiring.OnBoard wiring) {
        examineDisplay("display", wiring, () -> glasses().on(board, wiring));
      }
      if (setup.customerDisplay().isPresent()
          && setup.customerDisplay().get() instanceof DisplayWiring.OnBoard wiring) {
        examineDisplay("customer-display", wiring, () -> glasses().on(board, wiring));
      }
      if (setup.keypad().isPresent()) {
        examineKeypad(board, setup.keypad().get());
      }
      if (setup.lamps().isPresent()) {
        examineLamps(board, setup.lamps().get());
      }
    } catch (DeviceFaultException e) {
      found(Finding.fail("board", e.fault()));
    }
  }

  private void examineChip(Board board) {
    try {
      for (String line : board.inventory()) {
        found(Finding.pass("GPIO chip", line));
      }
    } catch (DeviceFaultException e) {
      found(Finding.fail("GPIO chip", e.fault()));
    }
  }

  private static String chosen(Board.ProviderChoice choice) throws DeviceFaultException {
    if (!choice.found()) {
      throw new DeviceFaultException(
          new DeviceFault(FaultCode.NO_PROVIDER, "provider", "none for " + choice.kind()));
    }
    return choice.kind() + " by " + choice.provider();
  }

  private void examinePole(String role, DisplayWiring.Pole pole) throws InterruptedException {
    examineDisplay(role, pole, () -> glasses().on(wires.line(pole.port(), pole.baud())));
  }

  private void examineDisplay(String role, DisplayWiring wiring, Opening opening)
      throws InterruptedException {
    check(role + " " + wiring.where(), () -> {
      drawTestCard(opening);
      return "text was sent, please look at it";
    });
  }

  private interface Opening {
    Glass open() throws DeviceFaultException;
  }

  /// What the bus refuses is told by the display's own code instead of the board's.
  private static void drawTestCard(Opening opening) throws DeviceFaultException, InterruptedException {
    try (var glass = opening.open()) {
      glass.draw(TEST_CARD);
    } catch (DeviceFaultException e) {
      if (e.fault().code() != FaultCode.BOARD_REFUSED) {
        throw e;
      }
      throw new DeviceFaultException(
          new DeviceFault(FaultCode.DISPLAY_SILENT, e.fault().device(), e.fault().detail()), e);
    }
  }

  private Glasses glasses() {
    return new Glasses(setup.font().map(FontFile.Found::font).orElse(PlainFont.INSTANCE), clock);
  }

  private void examineFont(FontFile.Found font) throws InterruptedException {
    check("font", () -> {
      if (!font.isComplete()) {
        throw new DeviceFaultException(new DeviceFault(FaultCode.FONT_MISSING, "font",
            font.problem().isEmpty() ? font.source().orElseThrow() + " lacks " + font.missingText()
                : font.problem()));
      }
      return font.glyphs().size() + " glyphs from " + font.source().orElseThrow();
    });
  }

  private void examineKeypad(Board board, DeviceSetup.Keypad keypad) throws InterruptedException {
    check("keypad", () -> {
      var matrix = KeypadMatrix.on(board, keypad.rows(), keypad.columns());
      int low = matrix.columnsAtFault();
      if (low != 0) {
        throw stuck("columns low with all rows high: " + Integer.toBinaryString(low));
      }
      int contacts = matrix.scan(KeypadMatrix.ALL_COLUMNS);
      if (contacts != 0) {
        throw stuck(Integer.bitCount(contacts) + " contacts closed with no key pressed: 0x"
            + Integer.toHexString(contacts));
      }
      return "all columns high, no contact closed";
    });
  }

  private static DeviceFaultException stuck(String detail) {
    return new DeviceFaultException(new DeviceFault(FaultCode.KEYPAD_STUCK, "keypad", detail));
  }

  private void examineLamps(Board board, DeviceSetup.Lamps lamps) throws InterruptedException {
    pulse(board, "green lamp", lamps.green(), LAMP_MILLIS);
    pulse(board, "red lamp", lamps.red(), LAMP_MILLIS);
    pulse(board, "buzzer", lamps.buzzer(), BEEP_MILLIS);
  }

  private void pulse(Board board, String name, int bcm, long millis) throws InterruptedException {
    check(name, () -> {
      var pin = board.output(bcm, false);
      pin.set(true);
      clock.await(millis);
      pin.set(false);
      return "was on for " + millis + " ms on BCM " + bcm + ", please look and listen";
    });
  }

  private boolean check(String device, Check check) throws InterruptedException {
    try {
      found(Finding.pass(device, check.run()));
      return true;
    } catch (DeviceFaultException e) {
      found(Finding.fail(device, e.fault()));
      return false;
    }
  }

  private void found(Finding finding) {
    findings.add(finding);
    progress.accept(finding);
  }
}
