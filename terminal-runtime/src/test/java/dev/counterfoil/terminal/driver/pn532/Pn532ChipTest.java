package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.RecordingLine;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes over the wire, byte by byte; nothing else shows a wrong order or a forgotten repetition.
class Pn532ChipTest {

  private static final String ACK = "0000FF00FF00";
  private static final String NACK = "0000FFFF0000";
  private static final String GET_FIRMWARE = "0000FF02FED4022A00";
  private static final String FIRMWARE = "0000FF06FAD50332010607E800";
  private static final String LIST_TWO = "0000FF04FCD44A0200E000";
  private static final String NO_CARDS = "0000FF03FDD54B00E000";

  private final FakeClock clock = new FakeClock();
  private final RecordingLine line = new RecordingLine(clock);
  private final Pn532Chip chip = new Pn532Chip(new SerialWire(line), clock, Pn532Settings.defaults());

  @BeforeEach
  void open() throws DeviceFaultException {
    line.open();
    line.takeWritten();
  }

  @Test
  void theStartWakesAbortsAndSetsUpInThisOrder() throws Exception {
    line.answer(ACK).answer("0000FF02FED5151600");
    line.answer(ACK + FIRMWARE);
    line.answer(ACK).answer("0000FF02FED5131800");
    line.answer(ACK).answer("0000FF02FED533F800");

    var firmware = chip.start();

    assertThat(firmware).isEqualTo(new Pn532Chip.Firmware(0x32, 1, 6, 7));
    assertThat(line.takeWritten()).containsExactly("55550000000000000000000000000000", ACK,
        "0000FF05FBD4140100001700", GET_FIRMWARE, "0000FF03FDD412140600", "0000FF06FAD43205FF0101F400");
  }

  /// The list has lost a 00, which its sum does not see; a card that is not there must not come of it.
  @Test
  void onceSetUpAListWithoutItsPostambleIsAskedForAgain() throws Exception {
    line.answer(ACK).answer("0000FF02FED5151600").answer(ACK).answer(FIRMWARE);
    line.answer(ACK).answer("0000FF02FED5131800").answer(ACK).answer("0000FF02FED533F800");
    chip.start();
    line.answer(ACK).answer("0000FF0CF4D54B010104080404A1B2C3B400").silence(1)
        .answer("0000FF0CF4D54B01010004080404A1B2C3B400");

    var cards = chip.listCards();

    assertThat(cards).singleElement()
        .satisfies(card -> assertThat(card.uid()).asHexString().isEqualTo("04A1B2C3"));
  }

  @Test
  void anUnacknowledgedCommandIsSentThreeTimesThenAborted() {
    line.silence(3);

    assertFails(FaultCode.READER_SILENT);

    assertThat(line.takeWritten()).containsExactly(GET_FIRMWARE, GET_FIRMWARE, GET_FIRMWARE, ACK);
    assertThat(clock.millis()).isEqualTo(3 * Pn532Settings.defaults().ackMillis());
  }

  @Test
  void aLostFirstFrameCostsOneRepetition() throws Exception {
    line.silence(1).answer(ACK).answer(FIRMWARE);

    assertThat(chip.firmware().version()).isEqualTo(1);
    assertThat(line.takeWritten()).containsExactly(GET_FIRMWARE, GET_FIRMWARE);
  }

  @Test
  void aDamagedReplyIsAskedForAgainWithNack() throws Exception {
    line.answer(ACK).answer("0000FF06FAD50332010617E800").answer(FIRMWARE);

    assertThat(chip.firmware().version()).isEqualTo(1);
    assertThat(line.takeWritten()).containsExactly(GET_FIRMWARE, NACK);
  }

  @Test
  void aReplyThatBreaksOffIsAskedForAgainBeforeItsTimeIsOver() throws Exception {
    line.answer(ACK).answer("0000FF06FAD503").silence(1).answer(FIRMWARE);

    assertThat(chip.firmware().version()).isEqualTo(1);
    assertThat(line.takeWritten()).containsExactly(GET_FIRMWARE, NACK);
    assertThat(clock.millis()).isLessThan(50);
  }

  @Test
  void aMissingReplyLeadsToNackThenTheCommandAgainThenNackThenAbort() {
    line.answer(ACK).silence(2).answer(ACK).silence(2);

    assertFails(FaultCode.READER_SILENT);

    assertThat(line.takeWritten()).containsExactly(GET_FIRMWARE, NACK, GET_FIRMWARE, NACK, ACK);
  }

  @Test
  void repliesThatStayDamagedAreCalledGarbled() {
    line.answer(ACK);
    line.answer("0000FF06FAD50332010617E800").answer("0000FF06FAD50332010617E800");
    line.answer(ACK);
    line.answer("0000FF06FAD50332010617E800").answer("0000FF06FAD50332010617E800");

    assertFails(FaultCode.READER_GARBLED);

    assertThat(line.takeWritten()).containsExactly(GET_FIRMWARE, NACK, GET_FIRMWARE, NACK, ACK);
  }

  @Test
  void noiseOfAWrongBaudRateIsCalledGarbled() {
    line.answer("E7E7A5").silence(1).answer("1188").silence(2);

    assertFails(FaultCode.READER_GARBLED);
  }

  @Test
  void anErrorFrameIsARefusal() {
    line.answer(ACK).answer("0000FF01FF7F8100");

    assertFails(FaultCode.READER_REFUSED);
  }

  @Test
  void aChipOfAnotherKindIsRefused() {
    line.answer(ACK).answer("0000FF06FAD50333010607E700");

    assertFails(FaultCode.READER_REFUSED);
  }

  @Test
  void aReplyBeforeTheAcknowledgeBelongsToAnEarlierCommandAndIsIgnored() throws Exception {
    line.answer("0000FF06FAD50332020607E700").answer(ACK + ACK).answer(FIRMWARE);

    assertThat(chip.firmware().version()).isEqualTo(1);
  }

  @Test
  void anEchoOfOurOwnWordsIsNoReply() throws Exception {
    line.answer(GET_FIRMWARE + ACK + GET_FIRMWARE).answer(FIRMWARE);

    assertThat(chip.firmware().version()).isEqualTo(1);
  }

  @Test
  void aReplyToAnotherCommandIsIgnored() throws Exception {
    line.answer(ACK + "0000FF02FED5151600" + FIRMWARE);

    assertThat(chip.firmware().version()).isEqualTo(1);
  }

  @Test
  void cardsOfAllKindsAreListed() throws Exception {
    list("4B010100040804" + "04A1B2C3");
    list("4B010100440007" + "04A1B2C3D4E5F6");
    list("4B010103442007" + "04A1B2C3D4E5F6" + "067577810280");

    var classic = chip.listCards().getFirst();
    var tag = chip.listCards().getFirst();
    var desfire = chip.listCards().getFirst();

    assertThat(classic.technology()).isEqualTo(CardTechnology.MIFARE_CLASSIC);
    assertThat(classic.uid()).asHexString().isEqualTo("04A1B2C3");
    assertThat(classic.atqa()).isEqualTo(0x0004);
    assertThat(tag.technology()).isEqualTo(CardTechnology.ULTRALIGHT_OR_NTAG);
    assertThat(tag.uid()).asHexString().isEqualTo("04A1B2C3D4E5F6");
    assertThat(tag.ats()).isEmpty();
    assertThat(desfire.technology()).isEqualTo(CardTechnology.DESFIRE);
    assertThat(desfire.ats()).asHexString().isEqualTo("7577810280");
    assertThat(line.takeWritten()).containsExactly(LIST_TWO, LIST_TWO, LIST_TWO);
  }

  @Test
  void twoCardsAtOnceAreBothListed() throws Exception {
    list("4B02" + "010344200704A1B2C3D4E5F6067577810280" + "020004080411223344");

    var cards = chip.listCards();

    assertThat(cards).extracting(card -> HexFormat.of().withUpperCase().formatHex(card.uid()))
        .containsExactly("04A1B2C3D4E5F6", "11223344");
  }

  @Test
  void anEmptyFieldGivesAnEmptyList() throws Exception {
    line.answer(ACK).answer(NO_CARDS);

    assertThat(chip.listCards()).isEmpty();
  }

  @Test
  void aListThatDoesNotUseUpItsReplyIsNoList() {
    list("4B010100040804" + "04A1B2C3" + "FF");

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(chip::listCards)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.READER_GARBLED));
  }

  @Test
  void aCardIdentityNeverShowsItsUid() throws Exception {
    list("4B010100040804" + "04A1B2C3");

    assertThat(chip.listCards().toString()).doesNotContainIgnoringCase("A1B2").contains("MIFARE_CLASSIC");
  }

  private void list(String data) {
    var bytes = HexFormat.of().parseHex(data);
    line.answer(ACK).answer(HexFormat.of().formatHex(Pn532Frames.information(0xD5, bytes)));
  }

  @Test
  void aCardsAnswerComesWithoutItsStatus() throws Exception {
    line.answer(ACK).answer("0000FF04FCD5410000EA00");

    var answer = chip.exchangeData(new byte[] {0x5A, 0, 0, 0});

    assertThat(answer.isGood()).isTrue();
    assertThat(answer.data()).containsExactly(0);
    assertThat(line.takeWritten()).containsExactly("0000FF07F9D440015A0000009100");
  }

  @Test
  void aCommandToACardIsNeverSentTwice() {
    line.silence(1);
    assertThatExceptionOfType(DeviceFaultException.class)
        .isThrownBy(() -> chip.exchangeData(new byte[] {0x60}));
    assertThat(line.takeWritten()).containsExactly("0000FF04FCD44001608B00", ACK);

    line.answer(ACK).silence(4);
    assertThatExceptionOfType(DeviceFaultException.class)
        .isThrownBy(() -> chip.exchangeData(new byte[] {0x60}));
    assertThat(line.takeWritten()).containsExactly("0000FF04FCD44001608B00", NACK, NACK, NACK, ACK);
  }

  @Test
  void aLongCommandGoesInPartsAndALongAnswerComesInParts() throws Exception {
    line.answer(ACK).answer("0000FF03FDD54100EA00");
    line.answer(ACK).answer("0000FF05FBD54140AABB4500");
    line.answer(ACK).answer("0000FF04FCD54100CC1E00");

    var answer = chip.exchangeData(new byte[300]);

    assertThat(answer.data()).containsExactly(0xAA, 0xBB, 0xCC);
    assertThat(line.takeWritten()).hasSize(3).first().asString().contains("D44041");
  }

  @Test
  void aCardThatDoesNotAnswerIsAStatusAndNoFault() throws Exception {
    line.answer(ACK).answer("0000FF03FDD54101E900");

    var answer = chip.exchangeData(new byte[] {0x60});

    assertThat(answer).returns(false, Pn532Chip.CardAnswer::isGood).returns(1, Pn532Chip.CardAnswer::status);
  }

  private void assertFails(FaultCode code) {
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(chip::firmware)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
    assertThat(line.isPlayedOut()).isTrue();
  }
}
