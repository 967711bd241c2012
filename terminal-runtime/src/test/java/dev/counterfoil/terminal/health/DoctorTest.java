package dev.counterfoil.terminal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.scanner.Gm65Scanner;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.driver.pn532.Pn532Place;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import dev.counterfoil.terminal.input.InputSetup;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.FakeBoard;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.ModelLine;
import dev.counterfoil.terminal.line.RecordingLine;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoctorTest {

  private static final String ACK = "0000FF00FF00";
  /// Three starts at the configured speed and one at each of the seven others, three tries each.
  private static final int SILENT_AT_EVERY_SPEED = 3 * (3 + 7);
  private static final String NO_CARD = "0000FF03FDD54B00E000";

  private final FakeClock clock = new FakeClock();
  private final RecordingLine line = new RecordingLine(clock);
  private final FakeBoard board = new FakeBoard(
      List.of(new Board.ProviderChoice("digital output", "sim-out"),
          new Board.ProviderChoice("i2c", "sim-i2c")));
  private final List<String> printed = new ArrayList<>();
  private Optional<DeviceFault> boardFault = Optional.empty();

  @Test
  void aHealthyTerminalPassesEveryCheck() throws InterruptedException {
    goodStart();
    for (int look = 0; look < 10; look++) {
      line.answer(ACK).answer(NO_CARD);
    }

    var report = examine();

    assertThat(report.exitCode()).isZero();
    assertThat(printed).hasSize(11).allMatch(text -> text.startsWith("PASS OK "));
    assertThat(printed).anyMatch(text -> text.contains("reader /dev/reader") && text.contains("firmware 1.6"))
        .anyMatch(text -> text.contains("digital output by sim-out"))
        .anyMatch(text -> text.contains("GPIO chip") && text.endsWith("gpiochip4 pinctrl-rp1, 54 lines"));
    assertThat(board.changes()).endsWith("17 high", "17 low", "27 high", "27 low", "22 high", "22 low");
    assertThat(board.isClosed()).isTrue();
    assertThat(line.isOpen()).isFalse();
    assertThat(report.summary()).isEqualTo("all 11 checks passed");
  }

  @Test
  void aSilentReaderFailsAndTheOtherDevicesAreCheckedAllTheSame() throws InterruptedException {
    line.silence(SILENT_AT_EVERY_SPEED);

    var report = examine();

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(printed.getFirst()).startsWith("FAIL READER_SILENT").contains("reader /dev/reader")
        .contains("data wires");
    assertThat(printed.subList(1, printed.size())).hasSize(9).allMatch(text -> text.startsWith("PASS"));
    assertThat(report.summary()).isEqualTo("1 of 10 checks failed");
  }

  @Test
  void furtherInputsAreOpenedAndSetUpAsTheTerminalDoes() throws InterruptedException {
    var settings = new ScannerSettings(ScannerSettings.Family.GM65, ScannerSettings.Mode.CONTINUOUS, 3_000);
    var setup = new DeviceSetup(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty(),
        new InputSetup(Optional.of(new InputSetup.Scanner("/dev/scanner", 9_600, settings)),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    var good = new ModelLine(clock, new Random(1), new Gm65Scanner()::hear);
    var mute = new ModelLine(clock, new Random(1), (_, _) -> new byte[0]);

    for (var scanner : List.of(good, mute)) {
      new Doctor(setup, clock, new Doctor.Wires() {
        @Override
        public SerialLine line(String port, int baud) {
          return scanner;
        }

        @Override
        public Board board() {
          return board;
        }
      }, finding -> printed.add(finding.line())).examine();
      assertThat(scanner.isOpen()).isFalse();
    }

    assertThat(printed).hasSize(2);
    assertThat(printed.getFirst()).startsWith("PASS").contains("GM65 at 9600 baud, is set up");
    assertThat(printed.getLast()).startsWith("FAIL SCANNER_SILENT")
        .contains("power and wires of the scanner");
  }

  @Test
  void aReaderThatAnswersAtAnotherSpeedIsNotCalledSilent() throws InterruptedException {
    line.silence(9).silence(3);
    goodStart();

    examine(new Pn532Place.Serial("/dev/reader", 57_600));

    assertThat(printed.getFirst()).startsWith("FAIL READER_WRONG_SPEED").contains("921600 baud");
  }

  @Test
  void aPortUsedByTheRunningTerminalSaysSo() throws InterruptedException {
    line.refuse(FaultCode.PORT_BUSY).refuse(FaultCode.PORT_BUSY).refuse(FaultCode.PORT_BUSY);

    examine();

    assertThat(printed.getFirst()).startsWith("FAIL PORT_BUSY").contains("stop the other terminal");
  }

  @Test
  void withoutAnyProviderTheBoardFailsWithItsCode() throws InterruptedException {
    line.silence(SILENT_AT_EVERY_SPEED);
    boardFault = Optional.of(new DeviceFault(FaultCode.NO_PROVIDER, "board", "none on the class path"));

    var report = examine();

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(printed).hasSize(2).last().asString().startsWith("FAIL NO_PROVIDER").contains("plug-in");
  }

  @Test
  void aMissingDisplayIsCalledSilent() throws InterruptedException {
    line.silence(SILENT_AT_EVERY_SPEED);
    board.device(0x27).fail(1);

    examine();

    assertThat(printed)
        .anyMatch(text -> text.startsWith("FAIL DISPLAY_SILENT") && text.contains("display 1/0x27"));
  }

  @Test
  void aShortedColumnIsFound() throws InterruptedException {
    line.silence(SILENT_AT_EVERY_SPEED);
    board.pullLow(16);

    examine();

    assertThat(printed).anyMatch(text -> text.startsWith("FAIL KEYPAD_STUCK") && text.contains("10"));
  }

  @Test
  void aPoleDisplayGetsItsText() throws InterruptedException {
    var setup = new DeviceSetup(Optional.empty(), Optional.empty(),
        Optional.of(new DisplayWiring.Pole("/dev/pole", 9_600)), Optional.empty(), Optional.empty(),
        Optional.empty(),
        Optional.empty(), InputSetup.NONE);

    new Doctor(setup, clock, new FakeWires(), finding -> printed.add(finding.line())).examine();

    assertThat(printed).singleElement().asString().startsWith("PASS OK")
        .contains("customer-display /dev/pole");
    assertThat(line.takeWritten()).hasSize(5).last().isEqualTo("close");
  }

  @Test
  void aPrinterIsAskedHowItIsAndPrintsAPage() throws InterruptedException {
    line.answer("12").answer("1E");

    examinePrinter();

    assertThat(printed).singleElement().asString().startsWith("PASS OK").contains("printer /dev/printer")
        .contains("paper is near its end");
    assertThat(line.takeWritten()).startsWith("open", "100401", "100404").last().isEqualTo("close");
  }

  @Test
  void aPrinterWithoutPaperFailsWithItsCode() throws InterruptedException {
    line.answer("12").answer("72");

    examinePrinter();

    assertThat(printed).singleElement().asString().startsWith("FAIL PAPER_OUT").contains("new roll");
  }

  private void examinePrinter() throws InterruptedException {
    var setup = new DeviceSetup(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(),
        Optional.empty(), Optional.of(new DeviceSetup.Printer("/dev/printer", 9_600, true)), InputSetup.NONE);
    new Doctor(setup, clock, new FakeWires(), finding -> printed.add(finding.line())).examine();
  }

  @Test
  void devicesThatAreNotThereAreNotChecked() throws InterruptedException {
    var nothing = new DeviceSetup(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty(), InputSetup.NONE);

    var report = new Doctor(nothing, clock, new FakeWires(), finding -> printed.add(finding.line()))
        .examine();

    assertThat(report.findings()).isEmpty();
    assertThat(report.exitCode()).isZero();
  }

  private DoctorReport examine() throws InterruptedException {
    return new Doctor(DeviceSetup.defaults("/dev/reader"), clock, new FakeWires(),
        finding -> printed.add(finding.line())).examine();
  }

  private void examine(Pn532Place reader) throws InterruptedException {
    var alone = new DeviceSetup(Optional.of(reader), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty(), InputSetup.NONE);
    new Doctor(alone, clock, new FakeWires(), finding -> printed.add(finding.line())).examine();
  }

  private void goodStart() {
    line.answer(ACK).answer("0000FF02FED5151600");
    line.answer(ACK).answer("0000FF06FAD50332010607E800");
    line.answer(ACK).answer("0000FF02FED5131800");
    line.answer(ACK).answer("0000FF02FED533F800");
  }

  private final class FakeWires implements Doctor.Wires {
    @Override
    public SerialLine line(String port, int baud) {
      return line;
    }

    @Override
    public Board board() throws DeviceFaultException {
      if (boardFault.isPresent()) {
        throw new DeviceFaultException(boardFault.get());
      }
      return board;
    }
  }
}
