package dev.counterfoil.terminal.line.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiMode;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.linux.FakeKernel.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxProviderTest {

  private static final String HEADER = "/dev/gpiochip4";

  private final FakeKernel kernel = new FakeKernel();
  private Context context = Pi4J.newContextBuilder().noAutoDetect().build();
  private GpioEvents events = new GpioEvents(kernel);

  @BeforeEach
  void open() {
    kernel.chips.put("/dev/gpiochip0", new FakeKernel.Chip("gpio-brcmstb@107d508500", 32));
    kernel.chips.put(HEADER, new FakeKernel.Chip("pinctrl-rp1", 54));
    context.shutdown();
    context = contextWith(GpioChips.AUTO);
  }

  private Context contextWith(String chip) {
    var chips = new GpioChips(kernel, () -> List.copyOf(kernel.chips.keySet()), chip);
    events = new GpioEvents(kernel);
    return Pi4J.newContextBuilder().noAutoDetect().disableShutdownHook()
        .add(new LinuxDigitalInputProvider(chips, events), new LinuxDigitalOutputProvider(chips, events),
            new LinuxI2cProvider(kernel), new LinuxSpiProvider(kernel))
        .build();
  }

  @AfterEach
  void everythingIsGivenBack() {
    context.shutdown();
    events.close();
    assertThat(kernel.openFiles()).isEmpty();
  }

  /// Number of a request: direction, size of the structure, letter, number (asm-generic/ioctl.h).
  @ParameterizedTest
  @CsvSource({"2, 68, 180, 1, 8044B401", "3, 256, 180, 5, C100B405", "3, 592, 180, 7, C250B407",
      "3, 272, 180, 13, C110B40D", "3, 16, 180, 14, C010B40E", "3, 16, 180, 15, C010B40F",
      "1, 1, 107, 1, 40016B01", "1, 1, 107, 3, 40016B03", "1, 4, 107, 4, 40046B04",
      "1, 32, 107, 0, 40206B00"})
  void requestsCarryTheLengthsOfTheirStructures(long direction, long length, long letter, long number,
      String request) {
    assertThat(direction << 30 | length << 16 | letter << 8 | number).isEqualTo(Long.parseLong(request, 16));
    var ours = List.of(GpioUapi.CHIP_INFO, GpioUapi.LINE_INFO, GpioUapi.REQUEST_LINE, GpioUapi.SET_CONFIG,
        GpioUapi.GET_VALUES, GpioUapi.SET_VALUES, SpiUapi.SET_MODE, SpiUapi.SET_BITS, SpiUapi.SET_HERTZ,
        SpiUapi.MESSAGE);
    assertThat(ours).contains(Long.parseLong(request, 16));
    assertThat(GpioUapi.chipInfo()).hasSize(68);
    assertThat(GpioUapi.lineInfo(0)).hasSize(256);
    assertThat(GpioUapi.lineRequest(0, "a", new GpioUapi.Use.Output(true), 1)).hasSize(592);
    assertThat(GpioUapi.config(new GpioUapi.Use.Output(true))).hasSize(272);
  }

  @Test
  void theChipIsFoundByItsLabelWhateverItsNumber() {
    output(17, DigitalState.HIGH).state(DigitalState.LOW);

    assertThat(kernel.openFiles()).containsExactly(HEADER + " line 17");
  }

  @ParameterizedTest
  @CsvSource({"pinctrl-rp1, 4", "gpiochip0, 0", "/dev/gpiochip0, 0", "gpio-brcmstb@107d508500, 0"})
  void anotherChipIsNamedByLabelNameOrFile(String wanted, int number) {
    context.shutdown();
    context = contextWith(wanted);

    output(3, DigitalState.LOW);

    assertThat(kernel.openFiles()).containsExactly("/dev/gpiochip" + number + " line 3");
  }

  @Test
  void whatIsThereIsToldWhereNoChipIsTheRightOne() {
    kernel.chips.remove(HEADER);

    assertFault(FaultCode.BOARD_MISSING, () -> output(17, DigitalState.LOW),
        "gpiochip0 gpio-brcmstb@107d508500, 32 lines");
    kernel.chips.clear();
    assertFault(FaultCode.BOARD_MISSING, () -> output(18, DigitalState.LOW), "there is none at all");
  }

  @Test
  void aChipThatMayNotBeOpenedIsForbidden() {
    kernel.openErrors.put("/dev/gpiochip0", Errno.EACCES);
    kernel.openErrors.put(HEADER, Errno.EACCES);

    assertFault(FaultCode.BOARD_FORBIDDEN, () -> output(17, DigitalState.LOW), "permission denied");
  }

  @Test
  void whoHoldsALineIsNamed() {
    kernel.line(HEADER, 17).consumer = "w1-gpio";

    assertFault(FaultCode.BOARD_BUSY, () -> output(17, DigitalState.LOW), "GPIO line 17 is held by w1-gpio");
    assertFault(FaultCode.BOARD_MISSING, () -> output(54, DigitalState.LOW), "it has 54");
    kernel.line(HEADER, 17).consumer = "";
  }

  @Test
  void theDoctorIsToldTheChipAndWhoHasItsLines() {
    kernel.line(HEADER, 2).consumer = "spi0 CS0";
    output(17, DigitalState.LOW);

    assertThat(new GpioChips(kernel, () -> List.copyOf(kernel.chips.keySet()), GpioChips.AUTO).describe())
        .containsExactly("gpiochip4 pinctrl-rp1, 54 lines", "in use: 2 spi0 CS0, 17 counterfoil");
    kernel.line(HEADER, 2).consumer = "";
  }

  @Test
  void anOutputHasItsLevelFromTheFirstMomentAndItsRestLevelAtTheEnd() {
    var pin = output(17, DigitalState.LOW);
    assertThat(kernel.line(HEADER, 17).value).isZero();
    assertThat(kernel.line(HEADER, 17).flags).isEqualTo(8);

    pin.state(DigitalState.HIGH);
    assertThat(kernel.line(HEADER, 17).value).isOne();

    context.shutdown();
    assertThat(kernel.line(HEADER, 17).value).isZero();
  }

  @Test
  void anInputIsPulledUpAndItsEdgesAreAskedForOnlyWhileSomebodyListens() {
    var pin = input(12);
    assertThat(kernel.line(HEADER, 12).flags).isEqualTo(4 + 256);
    assertThat(pin.state()).isEqualTo(DigitalState.HIGH);

    var heard = new LinkedBlockingQueue<String>();
    var listener = hearInto(heard, "a", pin);
    assertThat(kernel.line(HEADER, 12).flags).isEqualTo(4 + 256 + 16 + 32);

    pin.removeListener(listener);
    assertThat(kernel.line(HEADER, 12).flags).isEqualTo(4 + 256);
  }

  /// With both edges the kernel reads the line after the interrupt: a short pulse would be told as a rise.
  @Test
  void whoCountsPulsesIsToldFallsOnly() {
    var pin = input(23);
    ((FallsOnly) pin).tellFallsOnly();
    hearInto(new LinkedBlockingQueue<>(), "zero", pin);

    assertThat(kernel.line(HEADER, 23).flags).isEqualTo(4 + 256 + 32);
  }

  /// Two wires of a reader: what the kernel stamped first is told first, although its line is read last.
  @Test
  void edgesOfSeveralLinesAreToldInTheOrderOfTheirTimeStamps() throws InterruptedException {
    var heard = new LinkedBlockingQueue<String>();
    hearInto(heard, "zero", input(23));
    hearInto(heard, "one", input(24));
    // The thread waits for both lines once it has told an edge of each.
    for (int line : List.of(23, 24)) {
      kernel.edges(HEADER, List.of(new Edge(line, false, line)));
      assertThat(heard.poll(20, TimeUnit.SECONDS)).endsWith("LOW " + line);
    }
    var edges = new ArrayList<Edge>();
    for (int i = 0; i < 10; i++) {
      edges.add(new Edge(i % 3 == 0 ? 24 : 23, i % 2 == 1, 1_000 + i));
    }

    kernel.edges(HEADER, edges);

    for (int i = 0; i < 10; i++) {
      assertThat(heard.poll(20, TimeUnit.SECONDS))
          .isEqualTo((i % 3 == 0 ? "one" : "zero") + (i % 2 == 1 ? " HIGH " : " LOW ") + (1_000 + i));
    }
  }

  @Test
  void aSignalInACallIsNoFault() {
    var pin = input(12);
    kernel.interruptions = 3;

    assertThat(pin.state()).isEqualTo(DigitalState.HIGH);
    assertThat(kernel.interruptions).isZero();
  }

  @Test
  void aChipThatWasPulledIsUsedAgainOnceItIsBack() throws InterruptedException {
    var heard = new LinkedBlockingQueue<String>();
    var pin = input(12);
    hearInto(heard, "key", pin);
    var lamp = output(17, DigitalState.LOW);

    kernel.pull(HEADER);
    // Who waits for an edge is woken, so that he looks and finds out.
    assertThat(heard.poll(20, TimeUnit.SECONDS)).startsWith("key HIGH");
    assertFault(FaultCode.BOARD_MISSING, pin::state, "");
    assertFault(FaultCode.BOARD_MISSING, () -> lamp.state(DigitalState.HIGH), "");

    kernel.plugIn(HEADER);
    lamp.state(DigitalState.HIGH);
    assertThat(kernel.line(HEADER, 17).value).isOne();
    assertThat(pin.state()).isEqualTo(DigitalState.HIGH);
    kernel.edges(HEADER, List.of(new Edge(12, false, 5)));
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("key LOW 5");
  }

  @Test
  void bytesGoOverAPlainBusAsTheyAre() {
    var device = i2c(0x24);

    device.write(new byte[] {1, 2, 3}, 0, 3);
    var read = new byte[2];
    device.read(read, 0, 2);
    assertThat(device.readRegister(0x10)).isOne();
    device.writeRegister(0x10, new byte[] {7, 8}, 0, 2);

    assertThat(kernel.transfers).containsExactly("w24:010203", "r24:0102", "w24:10 r24:01", "w24:100708");
    assertThat(read).containsExactly(1, 2);
  }

  @Test
  void anAdapterForSmbusOnlyGetsTheTransferThatPutsTheSameBytesOnTheWire() {
    kernel.i2cFunctions = 0x0FFF_0000L;
    var device = i2c(0x27);

    device.write(new byte[] {0x0C}, 0, 1);
    device.write(new byte[] {0x0C, 0x08}, 0, 2);
    device.write(new byte[] {1, 2, 3, 4}, 0, 4);
    assertThat(device.read()).isOne();
    var register = new byte[3];
    device.readRegister(0x20, register, 0, 3);

    assertThat(kernel.transfers).containsExactly("smbus write 1 0c:", "smbus write 2 0c:08",
        "smbus write 8 01:020304", "smbus read 1 00:01", "smbus read 8 20:010203");
    assertThat(register).containsExactly(1, 2, 3);
    assertFault(FaultCode.BOARD_REFUSED, () -> device.write(new byte[34], 0, 34), "SMBus only");
    assertFault(FaultCode.BOARD_REFUSED, () -> device.read(new byte[2], 0, 2), "SMBus only");
  }

  @Test
  void aBusSaysWhatIsWrongWithIt() {
    kernel.openErrors.put("/dev/i2c-1", Errno.ENOENT);
    assertFault(FaultCode.BOARD_MISSING, () -> i2c(0x24), "open /dev/i2c-1");
    kernel.openErrors.put("/dev/i2c-1", Errno.EACCES);
    assertFault(FaultCode.BOARD_FORBIDDEN, () -> i2c(0x25), "EACCES");
    kernel.openErrors.clear();
    assertFault(FaultCode.BOARD_BUSY, () -> i2c(0x68), "address 0x68");
    var device = i2c(0x26);
    kernel.failNext = Errno.EREMOTEIO;
    assertFault(FaultCode.BOARD_REFUSED, () -> device.write(new byte[1], 0, 1), "no acknowledge");
    kernel.failNext = Errno.ENODEV;
    assertFault(FaultCode.BOARD_MISSING, () -> device.write(new byte[1], 0, 1), "the device is gone");
    device.write(new byte[1], 0, 1);
  }

  @Test
  void spiExchangesBytesAtItsSpeed() {
    var device = context.create(Spi.newConfigBuilder(context).id("spi").bus(0).channel(0).baud(1_000_000)
        .mode(SpiMode.MODE_0).build());
    var received = new byte[2];

    assertThat(device.transfer(new byte[] {1, 2}, 0, received, 0, 2)).isEqualTo(2);

    assertThat(received).containsExactly(~1, ~2);
    assertThat(kernel.transfers).containsExactly("spi set 40016b01 00", "spi set 40016b03 08",
        "spi set 40046b04 40420f00", "spi 1000000 Hz 0102");
    kernel.failNext = Errno.EMSGSIZE;
    assertFault(FaultCode.BOARD_REFUSED, () -> device.transfer(received, 0, received, 0, 2), "too long");
  }

  private DigitalOutput output(int bcm, DigitalState rest) {
    return context.create(DigitalOutput.newConfigBuilder(context).id("out-" + bcm).bcm(bcm).initial(rest)
        .shutdown(rest).build());
  }

  private DigitalInput input(int bcm) {
    return context.create(DigitalInput.newConfigBuilder(context).id("in-" + bcm).bcm(bcm)
        .pull(PullResistance.PULL_UP).debounce(0L).build());
  }

  private I2C i2c(int address) {
    return context
        .create(I2C.newConfigBuilder(context).id("i2c-" + address).bus(1).device(address).build());
  }

  private static DigitalStateChangeListener hearInto(
      LinkedBlockingQueue<String> heard, String name, DigitalInput pin) {
    DigitalStateChangeListener listener = change -> heard
        .add(name + " " + change.state() + " " + ((StampedChange) change).nanos());
    pin.addListener(listener);
    return listener;
  }

  private static void assertFault(FaultCode code, ThrowingCallable call, String detail) {
    assertThatThrownBy(call).satisfies(thrown -> {
      var fault = thrown;
      while (!(fault instanceof LineFault) && fault.getCause() != null) {
        fault = fault.getCause();
      }
      assertThat(fault).isInstanceOfSatisfying(LineFault.class, known -> {
        assertThat(known.code()).isEqualTo(code);
        assertThat(known).hasMessageContaining(detail);
      });
    });
  }
}
