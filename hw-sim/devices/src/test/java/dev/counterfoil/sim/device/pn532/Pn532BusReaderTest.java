package dev.counterfoil.sim.device.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.board.I2cDevice;
import dev.counterfoil.sim.device.board.SpiDevice;
import dev.counterfoil.sim.line.LineFaults;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The chip behind I2C and SPI, against traces of real ones.
class Pn532BusReaderTest {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String FIRMWARE = "0000FF02FED4022A00";
  private static final String SAM = "0000FF05FBD4140114010200";
  private static final String ACK = "0000FF00FF00";
  private static final String NACK = "0000FFFF0000";

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final Pn532BusReader module = new Pn532BusReader(random, new LineFaults(random), false,
      ReaderTrace.none());
  private final I2cDevice i2c = module.onI2c();
  private final SpiDevice spi = module.onSpi();
  private long now = 1_000_000;

  /// The good start that esphome #3281 shows, byte for byte.
  @Test
  void theTraceOfAGoodStartOverI2c() {
    write(FIRMWARE);
    assertThat(read(1)).isEqualTo("01");
    assertThat(read(7)).isEqualTo("01" + ACK);
    assertThat(read(1)).isEqualTo("01");
    assertThat(read(7)).isEqualTo("010000FF06FAD5");
    write(NACK);
    assertThat(read(1)).isEqualTo("01");
    assertThat(read(14)).isEqualTo("010000FF06FAD50332010607E800");
  }

  /// The same report's second start, after the host was restarted in mid-command: the reply to its last command is
  /// read where the acknowledge should be, and the acknowledge comes behind it.
  @Test
  void whatARestartedHostHadNotReadComesFirst() {
    write(SAM);
    assertThat(read(7)).isEqualTo("01" + ACK);
    pass(1_000);

    write(FIRMWARE);

    assertThat(read(7)).isEqualTo("010000FF02FED5");
    assertThat(read(7)).isEqualTo("01" + ACK);
    assertThat(read(16)).isEqualTo("010000FF06FAD50332010607E8000000");
  }

  @Test
  void anAbortThrowsAwayWhatWasNotRead() {
    write(SAM);
    pass(1_000);

    write(ACK);

    assertThat(read(1)).isEqualTo("00");
  }

  @Test
  void theChipIsBusyWhileItWorks() {
    module.field().put(CardSpec.parse("classic1k:04A1B2C3"));
    write(SAM);
    read(7);
    read(10);
    write("0000FF04FCD44A0100E100");
    assertThat(read(7)).isEqualTo("01" + ACK);

    i2cRead(0);
    assertThat(i2cRead(1)).isEqualTo("00");
    pass(20_000);

    assertThat(read(20)).startsWith("010000FF0CF4D54B01010004080404A1B2C3");
  }

  @Test
  void aChipThatHangsIsNeverReady() {
    module.faults().hang(Pn532Faults.Hang.SILENT);
    write(FIRMWARE);
    assertThat(read(7)).isEqualTo("00000000000000");

    module.powerCycle();
    write(FIRMWARE);

    assertThat(read(7)).isEqualTo("01" + ACK);
  }

  /// 01, 02 and 03 with the lowest bit first are 80, 40 and C0 on the wires; 00 00 FF .. D4 is 00 00 FF .. 2B.
  @Test
  void spiSpeaksLowestBitFirst() {
    assertThat(transfer("80" + "0000FF407F2B405400")).isEqualTo("00000000000000000000");
    assertThat(transfer("4000")).isEqualTo("0080");
    assertThat(transfer("C0" + "000000000000")).isEqualTo("00" + "0000FF00FF00");
    assertThat(transfer("C0" + "00".repeat(13))).isEqualTo("00" + "0000FF605FABC04C8060E01700");
    assertThat(transfer("4000")).isEqualTo("0000");
  }

  @Test
  void anUnpluggedChipLeavesTheLineHigh() {
    module.plugged(false);

    assertThat(transfer("4000")).isEqualTo("FFFF");
  }

  private void write(String hex) {
    i2c.write(HEX.parseHex(hex), now);
  }

  /// Reads after a millisecond.
  private String read(int count) {
    pass(1_000);
    return i2cRead(count);
  }

  private String i2cRead(int count) {
    return HEX.formatHex(i2c.read(Math.max(1, count), now));
  }

  private String transfer(String hex) {
    pass(1_000);
    return HEX.formatHex(spi.transfer(HEX.parseHex(hex), now));
  }

  private void pass(long micros) {
    now += micros;
  }
}
