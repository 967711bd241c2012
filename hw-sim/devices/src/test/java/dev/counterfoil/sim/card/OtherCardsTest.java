package dev.counterfoil.sim.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherCardsTest {

  private static String send(Card card, String command) {
    return show(card.exchange(HexFormat.of().parseHex(command)));
  }

  private static String raw(Card card, String frame) {
    return show(card.exchangeRaw(HexFormat.of().parseHex(frame)));
  }

  private static String show(CardAnswer answer) {
    return switch (answer) {
      case CardAnswer.Data(byte[] bytes) -> HexFormat.of().withUpperCase().formatHex(bytes);
      case CardAnswer.Nak _ -> "nak";
      case CardAnswer.AuthenticationFailed _ -> "auth failed";
      case CardAnswer.Silence _ -> "silence";
    };
  }

  private static Card selected(String spec) {
    Card card = CardSpec.parse(spec);
    card.select();
    return card;
  }

  @Test
  void theFirstPagesHoldTheUidAndItsCheckBytes() {
    assertThat(send(selected("ntag:04112233445566"), "3000"))
        .isEqualTo("041122BF" + "33445566" + "44480000" + "E1101200");
  }

  @Test
  void aReadRollsOverAtTheEndOfMemory() {
    Card card = selected("ultralight:04112233445566");
    send(card, "A20F" + "0A0B0C0D");

    assertThat(send(card, "300F")).isEqualTo("0A0B0C0D" + "041122BF" + "33445566" + "44480000");
    assertThat(send(card, "3010")).isEqualTo("nak");
    assertThat(send(card, "3000")).as("idle after the refusal").isEqualTo("silence");
  }

  @Test
  void oneTimePagesOnlyGainBitsAndUidPagesRefuse() {
    Card card = selected("ultralight:04112233445566");

    send(card, "A203" + "01020000");
    send(card, "A203" + "10000000");

    assertThat(send(card, "3003")).startsWith("11020000");
    assertThat(send(card, "A200" + "00000000")).isEqualTo("nak");
  }

  @Test
  void aLockedPageRefusesWrites() {
    Card card = selected("ntag:04112233445566");
    send(card, "A204" + "01010101");
    send(card, "A202" + "00001000");

    assertThat(send(card, "A204" + "02020202")).isEqualTo("nak");
    card.select();
    assertThat(send(card, "3004")).startsWith("01010101");
  }

  @Test
  void onlyNtagKnowsVersionAndFastRead() {
    Card ntag = selected("ntag:04112233445566");

    assertThat(send(ntag, "60")).isEqualTo("0004040201000F03");
    assertThat(send(ntag, "3A0001")).isEqualTo("041122BF33445566");
    assertThat(send(selected("ultralight:04112233445566"), "60")).isEqualTo("nak");
  }

  @Test
  void aTornPageWriteKeepsTheOldTail() {
    PageCard card = (PageCard) selected("ntag:04112233445566");
    send(card, "A205" + "11111111");
    card.tearNextWriteAfter(2);

    assertThat(send(card, "A205" + "22222222")).isEqualTo("silence");
    assertThat(card.peek(5)).containsExactly(0x22, 0x22, 0x11, 0x11);
  }

  @Test
  void desfireTellsItsVersionInThreeParts() {
    Card card = selected("desfire:04A1B2C3D4E5F6");

    assertThat(send(card, "60")).startsWith("AF0401");
    assertThat(send(card, "AF")).startsWith("AF0401");
    assertThat(send(card, "AF")).startsWith("00" + "04A1B2C3D4E5F6");
    assertThat(send(card, "AF")).isEqualTo("CA");
  }

  @Test
  void desfireSelectsOnlyApplicationsItHas() {
    DesfireCard card = DesfireCard.of(HexFormat.of().parseHex("04A1B2C3D4E5F6")).withApplication(0xF58840);
    card.select();

    assertThat(send(card, "6A")).isEqualTo("00" + "4088F5");
    assertThat(send(card, "5A" + "4088F5")).isEqualTo("00");
    assertThat(card.selectedApplication()).isEqualTo(0xF58840);
    assertThat(send(card, "5A" + "000001")).isEqualTo("A0");
    assertThat(send(card, "5A" + "00")).isEqualTo("7E");
    assertThat(send(card, "AA00")).isEqualTo("AE");
    assertThat(send(card, "99")).isEqualTo("1C");
  }

  @Test
  void desfireUnderstandsWrappedAndIsoCommands() {
    Card card = selected("desfire:04A1B2C3D4E5F6");

    assertThat(send(card, "905A00000300000000")).isEqualTo("9100");
    assertThat(send(card, "9060000000")).endsWith("91AF");
    assertThat(send(card, "90AF000000")).endsWith("91AF");
    assertThat(send(card, "00A4040007D276000085010000")).isEqualTo("9000");
    assertThat(send(card, "00A4040007A000000003101000")).isEqualTo("6A82");
    assertThat(send(card, "905A0000050000")).isEqualTo("6700");
  }

  @Test
  void desfireAnswersRawBlocks() {
    Card card = selected("desfire:04A1B2C3D4E5F6");

    assertThat(raw(card, "E050")).isEqualTo("067577810280");
    assertThat(raw(card, "025A000000")).isEqualTo("0200");
    assertThat(raw(card, "C2")).isEqualTo("C2");
    assertThat(raw(card, "0260")).isEqualTo("silence");
  }

  @Test
  void aCardPutBackIsANewStayInTheField() {
    RfField field = new RfField();
    Card card = CardSpec.parse("classic1k:04A1B2C3");
    field.put(card);
    long first = card.fieldEntries();

    field.put(card);
    assertThat(card.fieldEntries()).as("it lay there already").isEqualTo(first);
    field.remove(card);
    field.put(card);

    assertThat(card.fieldEntries()).isEqualTo(first + 1);
    assertThat(field.present()).containsExactly(card);
  }

  @Test
  void aTornCardIsOutOfTheFieldUntilPutBack() {
    RfField field = new RfField();
    Card card = CardSpec.parse("ntag:04112233445566");
    field.put(card);
    card.tearNextWriteAfter(0);

    send(card, "A204" + "01010101");

    assertThat(field.present()).isEmpty();
    field.put(card);
    assertThat(field.present()).containsExactly(card);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic1k:04A1B2C3", "classic1k:04A1B2C3D4E5F6", "classic4k:04A1B2C3",
      "ultralight:04112233445566", "ntag:04112233445566", "desfire:04A1B2C3D4E5F6"})
  void aSpecNamesTheCardItMakes(String spec) {
    assertThat(CardSpec.parse(spec).describe()).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "classic1k", "classic1k:", "classic1k:04A1B2", "classic1k:04A1B2CG",
      "visa:04A1B2C3",
      "ntag:04A1B2C3", "desfire:04A1B2C3D4E5", ":04A1B2C3"})
  void aBadSpecIsRefusedWithItsCode(String spec) {
    assertThatThrownBy(() -> CardSpec.parse(spec)).isInstanceOf(CardSpecException.class)
        .hasMessageStartingWith("SIM-CARD-SPEC: ").hasMessageContaining(spec);
  }
}
