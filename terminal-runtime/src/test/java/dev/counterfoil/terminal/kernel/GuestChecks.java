package dev.counterfoil.terminal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.hd44780.Hd44780Glass;
import dev.counterfoil.terminal.driver.keypad.KeypadMatrix;
import dev.counterfoil.terminal.driver.keypad.KeypadSettings;
import dev.counterfoil.terminal.driver.keypad.MatrixKeypad;
import dev.counterfoil.terminal.driver.wedge.WedgeCodeReader;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings;
import dev.counterfoil.terminal.driver.wiegand.WiegandReader;
import dev.counterfoil.terminal.driver.wiegand.WiegandSettings;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.EvdevDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PiBoard;
import dev.counterfoil.terminal.line.PinInput;
import dev.counterfoil.terminal.line.PinOutput;
import dev.counterfoil.terminal.line.ReadableI2c;
import dev.counterfoil.terminal.line.linux.Kernel;
import dev.counterfoil.terminal.line.linux.StubChip;
import dev.counterfoil.terminal.line.linux.UserInput;
import dev.counterfoil.terminal.line.linux.WatchdogFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Run in the guest, as a program: each check on a line of its own, `PASS` or `FAIL`. The host's test reads them.
final class GuestChecks {

  private static final List<Integer> ROWS = List.of(5, 6, 13, 19);
  private static final List<Integer> COLUMNS = List.of(12, 16, 20, 21);
  private static final int EDGES = 500;
  private static final long BETWEEN_BITS_MILLIS = 60;
  /// `i6300esb` is the first watchdog of the guest, `softdog` the second one.
  private static final String SOFT_WATCHDOG = "/dev/watchdog1";

  private interface Check {
    String run() throws Exception;
  }

  private final SimulatedPins pins;
  private int failed;

  private GuestChecks() throws Exception {
    pins = new SimulatedPins();
  }

  public static void main(String[] words) throws Exception {
    var checks = new GuestChecks();
    checks.check("the chip is chosen by its label", checks::chip);
    checks.check("outputs", checks::outputs);
    checks.check("a held line", checks::heldLine);
    checks.check("edges with the kernel's time stamps", checks::edges);
    checks.check("Wiegand frames on two lines", checks::wiegand);
    checks.check("keypad with bouncing contacts", checks::keypad);
    checks.check("HD44780 over SMBus", checks::display);
    checks.check("a device that types, grabbed", checks::wedge);
    checks.check("softdog armed, set back, stopped", GuestChecks::softdog);
    System.exit(checks.failed);
  }

  private void check(String name, Check check) {
    try {
      System.out.println("PASS " + name + ": " + check.run());
    } catch (Throwable e) {
      failed++;
      System.out.println("FAIL " + name + ": " + String.valueOf(e).replaceAll("\\s+", " "));
      e.printStackTrace();
    }
  }

  private String chip() throws DeviceFaultException {
    try (var board = PiBoard.open()) {
      assertThat(board.providers()).extracting(Board.ProviderChoice::provider)
          .containsExactly("counterfoil-linux-output", "counterfoil-linux-input", "counterfoil-linux-i2c");
      assertThat(pins.chipName()).isEqualTo("gpiochip1");
      assertThat(board.inventory()).containsExactly("gpiochip1 pinctrl-rp1, 54 lines", "no line in use");
    }
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> {
      try (var board = PiBoard.open("pinctrl-nobody")) {
        board.output(17, false);
      }
    }).satisfies(
        e -> assertThat(e.fault().describe()).startsWith("BOARD_MISSING").contains("something-else"));
    return "gpiochip1, not gpiochip0";
  }

  private String outputs() throws DeviceFaultException {
    try (var board = PiBoard.open()) {
      var high = board.output(17, true);
      assertThat(pins.isHigh(17)).isTrue();
      high.set(false);
      assertThat(pins.isHigh(17)).isFalse();
      high.set(true);
      assertThat(pins.isHigh(17)).isTrue();
      assertThat(board.inventory()).last().asString().isEqualTo("in use: 17 counterfoil");
    }
    return "level from the first moment on";
  }

  private String heldLine() throws DeviceFaultException {
    try (var one = PiBoard.open(); var other = PiBoard.open()) {
      one.output(17, false);
      assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> other.output(17, false))
          .satisfies(e -> assertThat(e.fault().describe()).startsWith("BOARD_BUSY")
              .contains("GPIO line 17 is held by counterfoil"));
    }
    return "BOARD_BUSY with its holder";
  }

  /// Each fall is told once, in order, with a stamp not before the moment in which it was made.
  private String edges() throws Exception {
    try (var board = PiBoard.open()) {
      var pin = board.inputPulledUp(23);
      BlockingQueue<Long> falls = new LinkedBlockingQueue<>();
      BlockingQueue<Long> heardAt = new LinkedBlockingQueue<>();
      pin.onFall(nanos -> {
        heardAt.add(System.nanoTime());
        falls.add(nanos);
      });
      assertThat(pin.isHigh()).isTrue();
      var late = new ArrayList<Long>();
      for (int i = 0; i < EDGES; i++) {
        long before = System.nanoTime();
        pins.drive(23, false);
        long after = System.nanoTime();
        pins.drive(23, true);
        long stamp = next(falls);
        // gpio-sim raises its interrupt from a work queue, so a stamp may be a moment behind the write.
        assertThat(stamp).isBetween(before, after + 100_000_000);
        late.add(next(heardAt) - stamp);
      }
      assertThat(falls).isEmpty();
      assertThat(pin.isHigh()).isTrue();
      late.sort(null);
      return EDGES + " of " + EDGES + " falls, from stamp to driver median "
          + late.get(EDGES / 2) / 1_000 + " us, 99th percentile " + late.get(EDGES * 99 / 100) / 1_000
          + " us";
    }
  }

  private String wiegand() throws Exception {
    BlockingQueue<ReaderEvent> events = new LinkedBlockingQueue<>();
    pins.drive(23, true);
    pins.drive(24, true);
    try (var reader = new WiegandReader(PiBoard::open, new WiegandSettings(23, 24, 26, false, 500, 600),
        MonotonicClock.system())) {
      reader.start(events::add);
      assertThat(next(events)).isInstanceOf(ReaderEvent.ReaderRecovered.class);
      for (int card = 1; card <= 3; card++) {
        send("1" + "0".repeat(8)
            + String.format(Locale.ROOT, "%16s", Integer.toBinaryString(0x101 * card)).replace(' ', '0'));
        assertThat(next(events)).isInstanceOfSatisfying(ReaderEvent.CardPresented.class,
            presented -> assertThat(
                HexFormat.of().formatHex(presented.card().uid())).startsWith("1a00"));
        assertThat(next(events)).isInstanceOf(ReaderEvent.CardRemoved.class);
      }
    }
    return "3 frames of 26 bits";
  }

  /// Sets both parities of 24 bits behind the first one, which is a placeholder.
  private void send(String placeholderAndBits) throws InterruptedException {
    var bits = placeholderAndBits.substring(1);
    long first = bits.substring(0, 12).chars().filter(bit -> bit == '1').count();
    long second = bits.substring(12).chars().filter(bit -> bit == '1').count();
    var frame = first % 2 + bits + (1 - second % 2);
    for (char bit : frame.toCharArray()) {
      int wire = bit == '1' ? 24 : 23;
      pins.drive(wire, false);
      pins.drive(wire, true);
      // The simulated chip drops what comes before the last interrupt's thread is through, which takes milliseconds here.
      TimeUnit.MILLISECONDS.sleep(BETWEEN_BITS_MILLIS);
    }
  }

  /// Contacts between rows and columns: whenever a row is driven, the pressed key's column follows it.
  private String keypad() throws Exception {
    try (var board = PiBoard.open()) {
      var pressed = new int[] {-1};
      var rows = new ArrayList<PinOutput>();
      for (int bcm : ROWS) {
        var real = board.output(bcm, false);
        rows.add(high -> {
          real.set(high);
          synchronized (pressed) {
            follow(pressed[0]);
          }
        });
      }
      var columns = new ArrayList<PinInput>();
      for (int bcm : COLUMNS) {
        columns.add(board.inputPulledUp(bcm));
      }
      BlockingQueue<KeypadEvent> events = new LinkedBlockingQueue<>();
      try (var keypad = new MatrixKeypad(new KeypadMatrix(rows, columns), MonotonicClock.system(),
          KeypadSettings.defaults())) {
        keypad.start(events::add);
        for (int key = 0; key < 16; key++) {
          for (int bounce = 0; bounce < 6; bounce++) {
            contact(pressed, bounce % 2 == 0 ? key : -1);
          }
          contact(pressed, key);
          assertThat(next(events)).isEqualTo(new KeypadEvent.KeyPressed("123A456B789C*0#D".charAt(key)));
          contact(pressed, -1);
          // The driver follows the key until it has been up for its time; the next key is another press only then.
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      assertThat(events).isEmpty();
    }
    return "16 keys, 6 bounces each, 16 presses";
  }

  private void contact(int[] pressed, int key) {
    synchronized (pressed) {
      int before = pressed[0];
      pressed[0] = key;
      if (key < 0 && before >= 0) {
        pins.drive(COLUMNS.get(before % 4), true);
      }
      follow(key);
    }
  }

  private void follow(int key) {
    if (key >= 0) {
      pins.drive(COLUMNS.get(key % 4), pins.isHigh(ROWS.get(key / 4)));
    }
  }

  /// Every transfer of the driver is read back from the chip by another file.
  private String display() throws Exception {
    int[] counts = new int[2];
    try (var board = PiBoard.open(); var chip = new StubChip(0, 0x27)) {
      ReadableI2c wire = board.i2c(0, 0x27);
      var glass = new Hd44780Glass(new ReadableI2c() {
        @Override
        public byte[] read(int count) throws DeviceFaultException {
          return wire.read(count);
        }

        @Override
        public void write(byte[] bytes) throws DeviceFaultException {
          wire.write(bytes);
          counts[0]++;
          counts[1] += bytes.length;
          int register = Byte.toUnsignedInt(bytes[0]);
          int kept = Math.min(bytes.length - 1, 256 - register);
          if (kept > 0) {
            assertThat(chip.registers(register, kept)).isEqualTo(Arrays.copyOfRange(bytes, 1, 1 + kept));
          }
        }
      }, MonotonicClock.system(), DisplayGeometry.LCD_20X4);
      glass.draw(ScreenText.plain("APPROVED", "12.50", "balance 37.50", "0123456789ABCDEFGHIJ"));
      assertThatExceptionOfType(DeviceFaultException.class)
          .isThrownBy(() -> board.i2c(0, 0x50).write(new byte[] {1, 2}));
      assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> board.i2c(7, 0x27))
          .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.BOARD_MISSING));
    }
    return counts[1] + " bytes in " + counts[0] + " transfers, each read back";
  }

  private String wedge() throws Exception {
    BlockingQueue<CodeEvent> events = new LinkedBlockingQueue<>();
    try (var keyboard = new UserInput();
        var console = new EvdevDevice(keyboard.device().toString());
        var reader = new WedgeCodeReader(new EvdevDevice(keyboard.device().toString()),
            MonotonicClock.system(),
            new WedgeSettings(WedgeSettings.Content.CODE, 1_500))) {
      reader.start(events::add);
      assertThat(next(events)).isInstanceOf(CodeEvent.CodeReaderRecovered.class);
      assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(console::open)
          .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.PORT_BUSY));
      keyboard.type("6901234567892");
      assertThat(next(events)).isEqualTo(new CodeEvent.CodeRead("6901234567892"));
      keyboard.close();
      assertThat(next(events)).isInstanceOfSatisfying(CodeEvent.CodeReaderFault.class,
          lost -> assertThat(lost.fault().code()).isEqualTo(FaultCode.LINE_LOST));
    }
    return "13 digits; nobody else may have it; LINE_LOST when it is pulled";
  }

  private static String softdog() throws Exception {
    var watchdog = new WatchdogFile(Kernel.system(), SOFT_WATCHDOG, 2);
    assertThat(watchdog.startedTheMachine()).isFalse();
    watchdog.arm();
    for (int i = 0; i < 8; i++) {
      TimeUnit.MILLISECONDS.sleep(500);
      watchdog.keepAlive();
    }
    watchdog.disarm();
    // Had it not been stopped, the machine would start anew now and no check would ever be told.
    TimeUnit.SECONDS.sleep(3);
    return "4 s with 2 s of time, then 3 s after its stop";
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T found = queue.poll(20, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("nothing came for 20 s");
    }
    return found;
  }
}
