package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.RecordingLine;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recorded commands with their replies (nfcpy's test data, a DESFire trace, UM0701-02 section 6.2.1) over each of the
/// three interfaces, byte for byte on its wires.
class GoldenFramesTest {

  private static final String ACK = "0000FF00FF00";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final FakeClock clock = new FakeClock();

  @ParameterizedTest
  @CsvSource({"0000FF02FED4022A00, 0000FF06FAD50332010607E800",
      "0000FF05FBD4140100001700, 0000FF02FED5151600",
      "0000FF04FCD44A0100E100, 0000FF03FDD54B00E000", "0000FF07F9D440015A0000009100, 0000FF04FCD5410000EA00",
      "0000FF03FDD410041800, 0000FF02FED5111A00", "0000FF02FED4FF2D00, 0000FF01FF7F8100"})
  void aRecordedExchangeIsTheSameFramesOnEveryInterface(String command, String reply) throws Exception {
    serial(command, reply);
    i2c(command, reply);
    spi(command, reply);
  }

  private void serial(String command, String reply) throws Exception {
    var line = new RecordingLine(clock).answer(ACK).answer(reply);
    var wire = new SerialWire(line);
    wire.open();
    line.takeWritten();

    exchange(wire, command, reply);

    assertThat(line.takeWritten()).containsExactly(command);
  }

  private void i2c(String command, String reply) throws Exception {
    var bus = new ScriptedBus(clock).answer("01" + ACK, "00", "01" + reply);
    var wire = new Pn532Place.I2c(1, 0x24).wire((_, _) -> new RecordingLine(clock), () -> bus, clock);
    wire.open();

    exchange(wire, command, reply);

    assertThat(bus.takeTransfers()).containsExactly(command, "r7", "r49", "r49");
  }

  private void spi(String command, String reply) throws Exception {
    var bus = new ScriptedBus(clock).answer("00", "0080", "00" + turned(ACK), "0000", "0080",
        "00" + turned(reply));
    var wire = new Pn532Place.Spi(0, 0, 1_000_000).wire((_, _) -> new RecordingLine(clock), () -> bus, clock);
    wire.open();

    exchange(wire, command, reply);

    assertThat(bus.takeTransfers()).containsExactly("80" + turned(command), "4000", "C0" + "00".repeat(6),
        "4000",
        "4000", "C0" + "00".repeat(48));
  }

  private static void exchange(Pn532Wire wire, String command, String reply) throws Exception {
    wire.write(HEX.parseHex(command));

    assertThat(HEX.formatHex(wire.read(100))).isEqualTo(ACK);
    assertThat(HEX.formatHex(wire.read(100))).isEqualTo(reply);
  }

  /// Each byte with its lowest bit first, reckoned with text so as not to repeat the driver.
  private static String turned(String hex) {
    var result = new StringBuilder();
    for (byte value : HEX.parseHex(hex)) {
      var bits = String.format("%8s", Integer.toBinaryString(value & 0xFF)).replace(' ', '0');
      result.append(String.format("%02X", Integer.parseInt(new StringBuilder(bits).reverse().toString(), 2)));
    }
    return result.toString();
  }
}
