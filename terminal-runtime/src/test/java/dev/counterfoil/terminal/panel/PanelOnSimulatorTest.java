package dev.counterfoil.terminal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.device.panel.Finger;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.driver.display.LiveDisplay;
import dev.counterfoil.terminal.driver.hd44780.Hd44780Glass;
import dev.counterfoil.terminal.driver.indicator.LampIndicator;
import dev.counterfoil.terminal.driver.indicator.LampPins;
import dev.counterfoil.terminal.driver.keypad.KeypadMatrix;
import dev.counterfoil.terminal.driver.keypad.KeypadSettings;
import dev.counterfoil.terminal.driver.keypad.MatrixKeypad;
import dev.counterfoil.terminal.health.DeviceSetup;
import dev.counterfoil.terminal.health.Doctor;
import dev.counterfoil.terminal.health.Finding;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PiBoard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drivers through Pi4J against hardware that somebody else wrote from the same data sheets.
class PanelOnSimulatorTest {

  /// A person's press, with bounce; longer than the usual 60 ms, so that a busy machine does not miss one.
  private static final Finger.Touch FINGER = new Finger.Touch(120_000, 50_000, 4_000);
  private static final DisplayGeometry GLASS = DisplayGeometry.LCD_20X4;

  @TempDir
  private Path folder;
  private SimTerminalHardware hardware;
  private PiBoard board;

  @BeforeEach
  void powerUp() throws DeviceFaultException {
    hardware = SimTerminalHardware.in(folder).lcd(GLASS.columns(), GLASS.rows()).open();
    System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
    board = PiBoard.open();
  }

  @AfterEach
  void powerDown() {
    board.close();
    hardware.close();
    System.clearProperty(BoardProtocol.SOCKET_PROPERTY);
  }

  @Test
  void theGlassShowsTheTextAskedForLast() throws Exception {
    try (var display = display()) {
      display.start(_ -> {
      });
      display.show(ScreenText.plain("one"));
      display.show(ScreenText.plain("Price          12.50", "Please tap", "", "12:30"));

      assertGlass("Price          12.50", "Please tap          ", " ".repeat(20), "12:30               ");
      display.show(ScreenText.plain("Price          13.50", "Please tap", "", "12:31"));
      assertGlass("Price          13.50", "Please tap          ", " ".repeat(20), "12:31               ");
    }
    assertThat(hardware.lcd().busyViolations()).isZero();
    assertThat(hardware.lcd().backlight()).isTrue();
  }

  @Test
  void aDisplayThatWasAwayIsSetUpAndDrawnAnew() throws Exception {
    var events = new LinkedBlockingQueue<DisplayEvent>();
    try (var display = display()) {
      display.start(events::add);
      display.show(ScreenText.plain("first"));
      assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo(new DisplayEvent.DisplayRecovered());
      hardware.lcdSocket().plugged(false);
      display.show(ScreenText.plain("second"));
      assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(DisplayEvent.DisplayFault.class,
          fault -> assertThat(fault.fault().code()).isEqualTo(FaultCode.DISPLAY_SILENT));

      hardware.lcd().powerCycle();
      hardware.lcdSocket().plugged(true);

      assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo(new DisplayEvent.DisplayRecovered());
      assertGlass("second              ", " ".repeat(20), " ".repeat(20), " ".repeat(20));
    }
  }

  @Test
  void keysWithBounceGiveEachKeyOnce() throws Exception {
    var keys = new LinkedBlockingQueue<KeypadEvent>();
    try (var keypad = keypad()) {
      keypad.start(keys::add);
      for (char key : "15D#".toCharArray()) {
        hardware.pressKey(key, FINGER);
        assertThat(keys.poll(5, TimeUnit.SECONDS)).isEqualTo(new KeypadEvent.KeyPressed(key));
      }
      assertThat(keys).isEmpty();
    }
  }

  @Test
  void displayAndKeypadSurviveALostConnectionToTheBoard() throws Exception {
    var keys = new LinkedBlockingQueue<KeypadEvent>();
    try (var display = display(); var keypad = keypad()) {
      display.start(_ -> {
      });
      display.show(ScreenText.plain("before"));
      keypad.start(keys::add);
      hardware.pressKey('7', FINGER);
      assertThat(keys.poll(5, TimeUnit.SECONDS)).isEqualTo(new KeypadEvent.KeyPressed('7'));

      hardware.dropBoardConnections();
      display.show(ScreenText.plain("after"));
      assertGlass("after               ", " ".repeat(20), " ".repeat(20), " ".repeat(20));
      hardware.pressKey('8', FINGER);

      assertThat(keys.poll(5, TimeUnit.SECONDS)).isEqualTo(new KeypadEvent.KeyPressed('8'));
    }
  }

  @Test
  void anApprovalIsGreenWithOneBeepAndEverythingIsOffAtTheEnd() throws Exception {
    try (var indicator = LampIndicator.on(LampPins.on(board, SimTerminalHardware.LED_GREEN,
        SimTerminalHardware.LED_RED, SimTerminalHardware.BUZZER))) {
      indicator.show(Signal.APPROVE);
      awaitBeeps(1);

      assertThat(hardware.leds().green()).isTrue();
      assertThat(hardware.leds().red()).isFalse();
      assertThat(hardware.beeps().getFirst().durationMicros()).isBetween(80_000L, 400_000L);
      indicator.show(Signal.ERROR);
    }
    assertThat(hardware.leds().green()).isFalse();
    assertThat(hardware.leds().red()).isFalse();
    assertThat(hardware.buzzer().sounding()).isFalse();
  }

  @Test
  void theDoctorFindsEverythingWell() throws Exception {
    board.close();
    var lines = new ArrayList<Finding>();

    var report = Doctor.forThisMachine(DeviceSetup.defaults(hardware.readerPath().toString()), lines::add)
        .examine();

    assertThat(report.findings()).allMatch(Finding::passed, "passes");
    assertThat(report.exitCode()).isZero();
    assertThat(lines).isEqualTo(report.findings()).hasSize(10);
    assertThat(hardware.glass().getFirst()).startsWith("Counterfoil doctor");
    assertThat(hardware.beeps()).hasSize(1);
  }

  @Test
  void theDoctorNamesWhatIsMissing() throws Exception {
    board.close();
    hardware.unplugReader();
    hardware.lcdSocket().plugged(false);
    hardware.keypad().contact('5', true);

    var report = Doctor.forThisMachine(DeviceSetup.defaults(hardware.readerPath().toString()), _ -> {
    }).examine();

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.findings()).filteredOn(finding -> !finding.passed()).extracting(Finding::code)
        .containsExactly("LINE_MISSING", "DISPLAY_SILENT", "KEYPAD_STUCK");
  }

  private void assertGlass(String... lines) throws InterruptedException {
    var wanted = List.of(lines);
    hardware.awaitGlass(wanted::equals, 5_000);
    assertThat(hardware.glass()).isEqualTo(wanted);
  }

  private void awaitBeeps(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (hardware.beeps().size() < count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private LiveDisplay display() throws DeviceFaultException {
    var clock = new ImpatientClock();
    return new LiveDisplay("display", clock,
        new Hd44780Glass(board.i2c(SimTerminalHardware.LCD_BUS, SimTerminalHardware.LCD_ADDRESS), clock,
            GLASS));
  }

  private MatrixKeypad keypad() throws DeviceFaultException {
    return new MatrixKeypad(
        KeypadMatrix.on(board, SimTerminalHardware.ROWS, SimTerminalHardware.COLUMNS),
        MonotonicClock.system(),
        KeypadSettings.defaults());
  }
}
