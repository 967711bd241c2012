package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The same commands over I2C and SPI, byte for byte on the bus, against traces of real chips.
class PolledWireTest {

  private static final String FIRMWARE = "0000FF02FED4022A00";
  private static final String ACK = "0000FF00FF00";
  private static final String NACK = "0000FFFF0000";
  private static final String FIRMWARE_REPLY = "0000FF06FAD50332010607E800";
  private static final String BUSY = "00";
  private static final String READY = "01";

  private final FakeClock clock = new FakeClock();
  private final ScriptedBus bus = new ScriptedBus(clock);

  @Test
  void aCommandOverI2cReadsItsAcknowledgeAndItsReplyEachInOneTransfer() throws Exception {
    bus.answer(READY + ACK, BUSY, READY + FIRMWARE_REPLY);

    var firmware = i2c().firmware();

    assertThat(firmware).isEqualTo(new Pn532Chip.Firmware(0x32, 1, 6, 7));
    assertThat(bus.takeTransfers()).containsExactly(FIRMWARE, "r7", "r49", "r49");
  }

  @Test
  void betweenTwoTransfersTheBusRestsForFiveMilliseconds() throws Exception {
    bus.answer(BUSY, BUSY, READY + ACK, BUSY, READY + FIRMWARE_REPLY);

    i2c().firmware();

    var times = bus.times();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(5);
    }
    assertThat(clock.millis()).isLessThan(40);
  }

  /// The start of esphome #3281 after a restart of the host: where the acknowledge should be stands the reply to the
  /// command before, `0000FF02FED5...`.
  @Test
  void aReplyLeftOverFromAKilledProgramIsNotTakenForTheAcknowledge() throws Exception {
    bus.answer(READY + "0000FF02FED5", READY + ACK, READY + FIRMWARE_REPLY);

    var firmware = i2c().firmware();

    assertThat(firmware.revision()).isEqualTo(6);
    assertThat(bus.takeTransfers()).containsExactly(FIRMWARE, "r7", "r7", "r49");
  }

  @Test
  void wakingUpEmptiesWhatAKilledProgramLeft() throws Exception {
    bus.answer(READY, READY + ACK, READY + "0000FF02FED5151600");
    var wire = i2cWire();
    wire.open();

    wire.wakeUp();

    assertThat(bus.takeTransfers()).containsExactly("r1", "r49", "r49");
  }

  /// A reply of 59 bytes: two cards with identities of ten bytes and long ATS. It is asked for again by NACK and read in
  /// full.
  @Test
  void aReplyLongerThanUsualIsAskedForAgainAndReadInFull() throws Exception {
    var card = "034420 0A 01020304050607080910 0B 75778102800000000001".replace(" ", "");
    var data = HexFormat.of().parseHex("4B02" + "01" + card + "02" + card.replace("0910", "0911"));
    var reply = HexFormat.of().withUpperCase().formatHex(Pn532Frames.information(0xD5, data));
    bus.answer(READY + ACK, READY + reply, READY + reply);

    var cards = i2c().listCards();

    assertThat(cards).extracting(CardIdentity::uid).hasSize(2);
    assertThat(bus.takeTransfers()).containsExactly("0000FF04FCD44A0200E000", "r7", "r49", NACK,
        "r" + (1 + reply.length() / 2));
  }

  @Test
  void aDamagedReplyIsAskedForAgain() throws Exception {
    bus.answer(READY + ACK, READY + "0000FF06FAD50332010608E800", READY + FIRMWARE_REPLY);

    assertThat(i2c().firmware().revision()).isEqualTo(6);
    assertThat(bus.takeTransfers()).containsExactly(FIRMWARE, "r7", "r49", NACK, "r49");
  }

  @Test
  void aChipThatStaysBusyIsSilent() {
    bus.stayBusy();

    assertFails(i2c(), FaultCode.READER_SILENT);
    assertThat(clock.millis()).isLessThan(200);
  }

  @Test
  void anAddressThatNobodyAcknowledgesIsASilentReader() {
    bus.answer(ScriptedBus.NOBODY);

    assertFails(i2c(), FaultCode.READER_SILENT);
  }

  @Test
  void aReadThatIsNotAcknowledgedCountsAsBusy() throws Exception {
    var chip = i2c();
    bus.answer(READY, ScriptedBus.NOBODY);
    var wire = i2cWire();
    wire.open();
    wire.wakeUp();
    bus.answer(READY + ACK, READY + FIRMWARE_REPLY);

    assertThat(chip.firmware().isPn532()).isTrue();
  }

  /// The prefixes 01, 02 and 03 and every byte behind them with their bits turned round.
  @Test
  void overSpiEveryByteIsTurnedRound() throws Exception {
    bus.answer("AA".repeat(10), "0080", "00" + "0000FF00FF00", "0000", "0080",
        "00" + "0000FF605FABC04C8060E01700");

    var firmware = spi().firmware();

    assertThat(firmware).isEqualTo(new Pn532Chip.Firmware(0x32, 1, 6, 7));
    assertThat(bus.takeTransfers()).containsExactly("80" + "0000FF407F2B405400", "4000",
        "C0" + "00".repeat(6), "4000", "4000", "C0" + "00".repeat(48));
  }

  @Test
  void aMissingChipOnSpiIsSilentWhetherTheLineFloatsHighOrLow() {
    bus.answer("FF".repeat(10), "FFFF");
    for (int i = 0; i < 500; i++) {
      bus.answer("FFFF");
    }

    assertFails(spi(), FaultCode.READER_SILENT);
  }

  @Test
  void closingGivesTheBoardBack() throws Exception {
    var wire = i2cWire();
    wire.open();
    assertThat(wire.isOpen()).isTrue();

    wire.close();

    assertThat(wire.isOpen()).isFalse();
    assertThat(bus.isClosed()).isTrue();
  }

  private Pn532Wire i2cWire() {
    return new Pn532Place.I2c(1, 0x24).wire(PolledWireTest::noLine, () -> bus, clock);
  }

  private static SerialLine noLine(String port, int baud) {
    throw new AssertionError("no serial line here");
  }

  private Pn532Chip i2c() {
    return on(i2cWire());
  }

  private Pn532Chip spi() {
    return on(new Pn532Place.Spi(0, 0, 1_000_000).wire(PolledWireTest::noLine, () -> bus, clock));
  }

  private Pn532Chip on(Pn532Wire wire) {
    try {
      wire.open();
    } catch (DeviceFaultException e) {
      throw new AssertionError(e);
    }
    return new Pn532Chip(wire, clock, Pn532Settings.defaults());
  }

  private static void assertFails(Pn532Chip chip, FaultCode code) {
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(chip::firmware)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
  }
}
