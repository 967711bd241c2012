package dev.counterfoil.sim.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Behaviour after NXP MF1S50yyX/V1 and MF1S70yyX/V1.
class ClassicCardTest {
  private static final String UID = "04A1B2C3";
  private static final String TRANSPORT_KEY = "FFFFFFFFFFFF";

  private final ClassicCard card = ClassicCard.oneK(hex(UID));

  @BeforeEach
  void bringIntoTheField() {
    card.select();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private String send(String command) {
    return send(card, command);
  }

  private static String send(Card card, String command) {
    return switch (card.exchange(hex(command))) {
      case CardAnswer.Data(byte[] bytes) -> "ok " + HexFormat.of().withUpperCase().formatHex(bytes);
      case CardAnswer.Nak _ -> "nak";
      case CardAnswer.AuthenticationFailed _ -> "auth failed";
      case CardAnswer.Silence _ -> "silence";
    };
  }

  private String authenticate(String code, int block, String key) {
    return send(code + "%02X".formatted(block) + key + UID);
  }

  @Test
  void blockZeroHoldsUidCheckByteSakAndAtqa() {
    authenticate("60", 0, TRANSPORT_KEY);

    assertThat(send("3000")).startsWith("ok " + UID + "D4" + "08" + "0400");
  }

  @Test
  void writtenDataIsReadBackAndOtherSectorsStayClosed() {
    authenticate("60", 4, TRANSPORT_KEY);

    assertThat(send("A005" + "00112233445566778899AABBCCDDEEFF")).isEqualTo("ok ");
    assertThat(send("3005")).isEqualTo("ok 00112233445566778899AABBCCDDEEFF");
    assertThat(send("3008")).isEqualTo("nak");
    assertThat(send("3005")).as("halted by the refusal").isEqualTo("silence");
  }

  @Test
  void aWrongKeyHaltsTheCardUntilItIsSelectedAgain() {
    assertThat(authenticate("60", 4, "A0A1A2A3A4A5")).isEqualTo("auth failed");
    assertThat(authenticate("60", 4, TRANSPORT_KEY)).isEqualTo("silence");

    card.select();

    assertThat(authenticate("60", 4, TRANSPORT_KEY)).isEqualTo("ok ");
  }

  @Test
  void theManufacturerBlockCannotBeWritten() {
    authenticate("60", 0, TRANSPORT_KEY);

    assertThat(send("A000" + "00".repeat(16))).isEqualTo("nak");
  }

  @Test
  void keyAIsNeverReadAndTransportKeyBIs() {
    authenticate("60", 7, TRANSPORT_KEY);

    assertThat(send("3007")).isEqualTo("ok " + "00".repeat(6) + "FF078069" + "FF".repeat(6));
  }

  @Test
  void aReadableKeyBOpensNothing() {
    assertThat(authenticate("61", 4, TRANSPORT_KEY)).isEqualTo("ok ");

    assertThat(send("3004")).isEqualTo("nak");
  }

  @Test
  void changedKeysHoldForTheNextAuthentication() {
    authenticate("60", 7, TRANSPORT_KEY);
    send("A007" + "A0A1A2A3A4A5" + "FF078069" + "B0B1B2B3B4B5");
    card.select();

    assertThat(authenticate("60", 4, TRANSPORT_KEY)).isEqualTo("auth failed");
    card.select();
    assertThat(authenticate("60", 4, "A0A1A2A3A4A5")).isEqualTo("ok ");
  }

  @Test
  void valueBlocksCountThroughTheTransferBuffer() {
    card.poke(5, ClassicCard.valueBlock(1_000, 5));
    authenticate("60", 4, TRANSPORT_KEY);

    assertThat(send("C005" + "FA000000")).isEqualTo("ok ");
    assertThat(card.peek(5)).as("nothing changes before the transfer")
        .isEqualTo(ClassicCard.valueBlock(1_000, 5));
    assertThat(send("B005")).isEqualTo("ok ");
    assertThat(card.peek(5)).isEqualTo(ClassicCard.valueBlock(750, 5));
    assertThat(send("B006")).as("the buffer keeps its value for a backup").isEqualTo("ok ");
    assertThat(card.peek(6)).isEqualTo(ClassicCard.valueBlock(750, 5));
    send("C105" + "0A000000");
    send("B006");
    assertThat(card.peek(6)).isEqualTo(ClassicCard.valueBlock(760, 5));
    send("C206" + "00000000");
    send("B005");
    assertThat(card.peek(5)).isEqualTo(ClassicCard.valueBlock(760, 5));
  }

  @Test
  void aBlockThatHoldsNoValueCannotCount() {
    authenticate("60", 4, TRANSPORT_KEY);

    assertThat(send("C005" + "01000000")).isEqualTo("nak");
  }

  @Test
  void accessBitsForADecrementOnlyPurseAreObeyed() {
    // Blocks 0-2 C1C2C3 = 110 (read A|B, write B, increment B, decrement A|B), trailer 011 (key B writes).
    card.poke(7, hex("A0A1A2A3A4A5" + "08778F69" + "B0B1B2B3B4B5"));
    card.poke(5, ClassicCard.valueBlock(500, 5));
    authenticate("60", 4, "A0A1A2A3A4A5");

    assertThat(send("C005" + "64000000")).isEqualTo("ok ");
    assertThat(send("B005")).isEqualTo("ok ");
    assertThat(send("C105" + "64000000")).as("key A must not top up").isEqualTo("nak");
    card.select();
    authenticate("61", 4, "B0B1B2B3B4B5");
    assertThat(send("C105" + "64000000")).isEqualTo("ok ");
    assertThat(send("B005")).isEqualTo("ok ");

    assertThat(card.peek(5)).isEqualTo(ClassicCard.valueBlock(500, 5));
  }

  @Test
  void inconsistentAccessBitsLockTheSector() {
    card.poke(7, hex("FFFFFFFFFFFF" + "00000069" + "FFFFFFFFFFFF"));
    authenticate("60", 4, TRANSPORT_KEY);

    assertThat(send("3004")).isEqualTo("nak");
  }

  @Test
  void aFourKCardHasLargeSectorsAtItsEnd() {
    ClassicCard large = ClassicCard.fourK(hex(UID));
    large.select();

    assertThat(send(large, "60" + "FE" + TRANSPORT_KEY + UID)).isEqualTo("ok ");
    assertThat(send(large, "A0F0" + "11".repeat(16))).isEqualTo("ok ");
    assertThat(send(large, "30F0")).isEqualTo("ok " + "11".repeat(16));
    assertThat(send(large, "30FF")).startsWith("ok 000000000000FF0780");
    assertThat(large.sak()).isEqualTo(0x18);
  }

  @Test
  void aTornWriteLeavesTheFirstBytesAndACardThatIsGone() {
    authenticate("60", 4, TRANSPORT_KEY);
    card.tearNextWriteAfter(5);

    assertThat(send("A004" + "AA".repeat(16))).isEqualTo("silence");
    assertThat(card.torn()).isTrue();
    assertThat(card.peek(4)).isEqualTo(hex("AA".repeat(5) + "00".repeat(11)));
  }
}
