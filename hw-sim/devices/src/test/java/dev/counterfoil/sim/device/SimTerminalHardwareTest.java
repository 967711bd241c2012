package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiChipSelect;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.line.PtyLine;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jssc.SerialPort;
import jssc.SerialPortTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole set through the doors a terminal uses: a real Pi4J context that finds the plug-in by itself, and
/// jSSC.
@Timeout(20)
class SimTerminalHardwareTest {
  @TempDir
  Path folder;

  private SimTerminalHardware hardware;
  private Context pi4j;

  @BeforeEach
  void start() {
    hardware = SimTerminalHardware.in(folder.resolve("t1")).open();
    pi4j = context();
  }

  private Context context() {
    System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
    return Pi4J.newAutoContext();
  }

  @AfterEach
  void stop() {
    pi4j.shutdown();
    hardware.close();
    System.clearProperty(BoardProtocol.SOCKET_PROPERTY);
  }

  private DigitalOutput output(int bcm) {
    return pi4j.create(DigitalOutput.newConfigBuilder(pi4j).bcm(bcm).initial(DigitalState.LOW)
        .shutdown(DigitalState.LOW).build());
  }

  private DigitalInput input(int bcm) {
    return pi4j.create(DigitalInput.newConfigBuilder(pi4j).bcm(bcm).pull(PullResistance.PULL_UP).debounce(0L)
        .build());
  }

  private I2C lcd() {
    return pi4j.create(I2C.newConfigBuilder(pi4j).bus(1).device(0x27).build());
  }

  @Test
  void ledsFollowTheirOutputs() {
    DigitalOutput green = output(17);
    DigitalOutput red = output(27);

    green.on();
    assertThat(hardware.leds()).isEqualTo(new SimTerminalHardware.Leds(true, false));
    green.off();
    red.on();

    assertThat(hardware.leds()).isEqualTo(new SimTerminalHardware.Leds(false, true));
    assertThat(red.state()).isEqualTo(DigitalState.HIGH);
  }

  @Test
  void beepsAreRecordedWithTheirDuration() {
    DigitalOutput buzzer = output(22);

    buzzer.on();
    long start = System.nanoTime();
    assertThat(hardware.buzzer().sounding()).isTrue();
    while (System.nanoTime() - start < 5_000_000) {
      Thread.onSpinWait();
    }
    buzzer.off();

    assertThat(hardware.beeps()).hasSize(1);
    assertThat(hardware.beeps().getFirst().durationMicros()).isBetween(5_000L, 500_000L);
  }

  @Test
  void theGlassShowsWhatGoesThroughTheI2cBus() throws Exception {
    I2C lcd = lcd();
    for (int nibble : new int[] {0x3, 0x3, 0x3, 0x2}) {
      lcd.write(pulse(nibble << 4));
    }
    for (int command : new int[] {0x28, 0x0C, 0x01, 0x06}) {
      lcd.write(byteOf(command, 0));
    }
    for (byte letter : "Counterfoil".getBytes(StandardCharsets.US_ASCII)) {
      lcd.write(byteOf(letter, 1));
    }

    assertThat(hardware.awaitGlass(lines -> lines.getFirst().startsWith("Counterfoil"), 2_000)).isTrue();
    assertThat(hardware.glass()).containsExactly("Counterfoil     ", "                ");
    assertThat(hardware.lcd().backlight()).isTrue();
  }

  private static byte[] pulse(int port) {
    return new byte[] {(byte) (port | 0x0C), (byte) (port | 0x08)};
  }

  private static byte[] byteOf(int value, int rs) {
    byte[] high = pulse(value & 0xF0 | rs);
    byte[] low = pulse(value << 4 & 0xF0 | rs);
    return new byte[] {high[0], high[1], low[0], low[1]};
  }

  @Test
  void aPressedKeyPullsItsColumnDownWhileItsRowIsLow() throws Exception {
    List<DigitalOutput> rows = SimTerminalHardware.ROWS.stream().map(this::output).toList();
    LinkedBlockingQueue<DigitalState> edges = new LinkedBlockingQueue<>();
    DigitalInput column = input(16);
    column.addListener(event -> edges.add(event.state()));
    assertThat(column.state()).isEqualTo(DigitalState.HIGH);

    hardware.finger().down('5', 0);

    assertThat(edges.poll(2, TimeUnit.SECONDS)).isEqualTo(DigitalState.LOW);
    List<DigitalState> scan = new ArrayList<>();
    for (DigitalOutput scanned : rows) {
      rows.forEach(row -> row.state(row == scanned ? DigitalState.LOW : DigitalState.HIGH));
      scan.add(column.state());
    }
    assertThat(scan).containsExactly(DigitalState.HIGH, DigitalState.LOW, DigitalState.HIGH,
        DigitalState.HIGH);
  }

  @Test
  void aPressBouncesAndEndsReleased() {
    SimTerminalHardware.ROWS.forEach(this::output);
    List<DigitalState> edges = Collections.synchronizedList(new ArrayList<>());
    DigitalInput column = input(12);
    column.addListener(event -> edges.add(event.state()));

    hardware.pressKey('7');

    awaitHigh(column);
    assertThat(edges.size()).as("edges of one press with bounce: %s", edges).isGreaterThan(2);
  }

  private static void awaitHigh(DigitalInput column) {
    long deadline = System.nanoTime() + 2_000_000_000L;
    while (column.state() != DigitalState.HIGH) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void anAddressWithoutADeviceIsNotAcknowledged() {
    I2C nobody = pi4j.create(I2C.newConfigBuilder(pi4j).bus(1).device(0x3E).build());

    assertThatThrownBy(() -> nobody.write((byte) 1)).isInstanceOf(Pi4JException.class)
        .hasRootCauseMessage("SIM-I2C-NACK: no device acknowledged");
  }

  @Test
  void busFaultsReachTheTerminalAndPass() {
    I2C lcd = lcd();

    hardware.lcdSocket().nackNext(1);
    assertThatThrownBy(() -> lcd.write((byte) 8)).isInstanceOf(Pi4JException.class);
    assertThat(lcd.write((byte) 8)).isEqualTo(1);
    hardware.lcdSocket().plugged(false);
    assertThatThrownBy(() -> lcd.write((byte) 8)).isInstanceOf(Pi4JException.class);
    hardware.lcdSocket().plugged(true);
    hardware.lcdSocket().delayMicros(20_000);
    long start = System.nanoTime();
    lcd.write((byte) 0);

    assertThat(System.nanoTime() - start).isGreaterThan(19_000_000L);
    assertThat(hardware.lcdSocket().nacks()).isEqualTo(2);
    assertThat(hardware.lcd().backlight()).isFalse();
  }

  @Test
  void aLostBoardFailsOneCallAndTheNextConnectsAgain() throws Exception {
    DigitalOutput green = output(17);
    LinkedBlockingQueue<DigitalState> edges = new LinkedBlockingQueue<>();
    SimTerminalHardware.ROWS.forEach(this::output);
    DigitalInput column = input(20);
    column.addListener(event -> edges.add(event.state()));

    hardware.dropBoardConnections();

    assertThatThrownBy(green::on).isInstanceOf(IOException.class).hasMessageContaining("SIM-BOARD-LOST");
    green.on();
    assertThat(hardware.leds().green()).isTrue();
    hardware.finger().down('3', 0);
    assertThat(edges.poll(2, TimeUnit.SECONDS)).as("edges come again").isEqualTo(DigitalState.LOW);
  }

  @Test
  void aRestartedSimulatorFindsItsLinesConfiguredAgain() {
    DigitalOutput green = output(17);
    green.on();
    hardware.close();
    assertThatThrownBy(green::off).isInstanceOf(IOException.class);
    assertThatThrownBy(green::off).hasMessageContaining("SIM-BOARD-ABSENT");

    hardware = SimTerminalHardware.in(folder.resolve("t1")).open();
    output(27).on();

    assertThat(hardware.leds()).isEqualTo(new SimTerminalHardware.Leds(true, true));
  }

  @Test
  void modelsOutliveTheTerminal() {
    lcd().write((byte) 0);
    output(17).on();
    pi4j.shutdown();
    pi4j = context();

    assertThat(hardware.lcd().backlight()).isFalse();
    assertThat(lcd().read()).as("the port as it was left").isEqualTo(0);
  }

  @Test
  void spiTransfersAreFullDuplex() {
    hardware.board().attachSpi(0, 0, (bytes, _) -> {
      byte[] inverted = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        inverted[i] = (byte) ~bytes[i];
      }
      return inverted;
    });
    Spi spi = pi4j.create(Spi.newConfigBuilder(pi4j).bus(SpiBus.BUS_0)
        .chipSelect(SpiChipSelect.CS_0).baud(1_000_000).build());
    byte[] read = new byte[3];

    spi.transfer(new byte[] {1, 2, (byte) 0xF0}, read);

    assertThat(read).containsExactly(0xFE, 0xFD, 0x0F);
  }

  @Test
  void aCardIsReadThroughTheSerialPort() throws Exception {
    SerialPort port = new SerialPort(hardware.readerPath().toString());
    port.openPort();
    port.setParams(115_200, 8, 1, 0);
    hardware.presentCard(CardSpec.parse("classic1k:04A1B2C3"));

    port.writeBytes(HexFormat.of().parseHex("5555" + "00".repeat(14) + "0000FF03FDD414011700"));
    assertThat(port.readBytes(6 + 9, 2_000)).endsWith(HexFormat.of().parseHex("0000FF02FED5151600"));
    port.writeBytes(HexFormat.of().parseHex("0000FF04FCD44A0100E100"));

    assertThat(HexFormat.of().formatHex(port.readBytes(6 + 19, 2_000))).contains("04a1b2c3");
    port.closePort();
  }

  @Test
  void aWrongSpeedIsGarbage() throws Exception {
    SerialPort port = new SerialPort(hardware.readerPath().toString());
    port.openPort();
    port.setParams(9_600, 8, 1, 0);

    port.writeBytes(HexFormat.of().parseHex("5555" + "00".repeat(14) + "0000FF02FED4022A00"));

    assertThatThrownBy(() -> port.readBytes(6, 200)).isInstanceOf(SerialPortTimeoutException.class);
    port.closePort();
  }

  @Test
  void aPowerCutDarkensEverything() {
    output(17).on();
    lcd().write((byte) 0);

    hardware.powerCycle();

    assertThat(hardware.leds()).isEqualTo(new SimTerminalHardware.Leds(false, false));
    assertThat(hardware.glass().getFirst()).isEqualTo("█".repeat(16));
  }

  @Test
  void aSecondSetInTheSameFolderIsRefused() {
    assertThatThrownBy(() -> SimTerminalHardware.in(folder.resolve("t1")).open())
        .hasMessageStartingWith("SIM-SOCKET-BUSY");
  }

  @Test
  void whatAKilledSimulatorLeftBehindIsReplaced() throws Exception {
    Path left = Files.createDirectories(folder.resolve("t2"));
    try (PtyLine somebodyElse = PtyLine.open()) {
      Files.createSymbolicLink(left.resolve("reader.tty"), Path.of(somebodyElse.slavePath()));
      try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        dead.bind(UnixDomainSocketAddress.of(left.resolve("board.sock")));
      }

      try (SimTerminalHardware again = SimTerminalHardware.in(left).open()) {
        assertThat(Files.readSymbolicLink(again.readerPath()))
            .isNotEqualTo(Path.of(somebodyElse.slavePath()));
      }
    }
    assertThat(left).isEmptyDirectory();
  }

  @Test
  void aPathTooLongForASocketIsRefusedWithItsCode() {
    assertThatThrownBy(() -> SimTerminalHardware.in(folder.resolve("n".repeat(120))).open())
        .hasMessageStartingWith("SIM-SOCKET: ");
  }
}
