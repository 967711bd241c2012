package dev.counterfoil.terminal.driver.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.KeyDiversification;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.ClassicCard;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.SectorKey.Letter;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectorProverTest {

  private static final String MASTER = "00112233445566778899AABBCCDDEEFF";
  private static final String NUMBER = "4003112233445566";

  @ParameterizedTest
  @CsvSource({"04A1B2C3", "04A1B2C3D4E5F6"})
  void aCardWithItsOwnKeyTellsItsNumber(String uid) throws Exception {
    assertThat(prove(IdentityRule.FILE, List.of(Letter.A), card(uid, MASTER)))
        .isEqualTo(new CardProof(CardProof.Kind.SECTOR, HexFormat.of().parseHex(NUMBER)));
    assertThat(prove(IdentityRule.UID, List.of(Letter.A), card(uid, MASTER)).identity()).asHexString()
        .isEqualTo(uid);
  }

  @Test
  void aCardIsSelectedAgainAfterAWrongKeyAndItsSecondKeyTried() throws Exception {
    var card = (ClassicCard) CardSpec.parse("classic1k:04A1B2C3");
    byte[] trailer = card.peek(7);
    // Access bits that let key B read: the block 0 group on condition 3, keys on condition 3.
    System.arraycopy(HexFormat.of().parseHex("7F078869"), 0, trailer, 6, 4);
    System.arraycopy(KeyDiversification.ofSector(AesKey.parse(MASTER), card.uid(), 1, 'B'), 0, trailer, 10,
        6);
    card.poke(7, trailer);
    card.poke(4, HexFormat.of().parseHex(NUMBER + "0000000000000000"));

    assertThat(prove(IdentityRule.FILE, List.of(Letter.A, Letter.B), card).identity()).asHexString()
        .isEqualTo(NUMBER);
    assertThat(refusal(List.of(Letter.A), card)).isEqualTo(CardRefusal.CARD_KEY_WRONG);
  }

  @Test
  void aCopiedUidAForeignKeyAndAnotherKindAreRefused() {
    assertThat(refusal(List.of(Letter.A), CardSpec.parse("classic1k:04A1B2C3"))).as("factory keys")
        .isEqualTo(CardRefusal.CARD_KEY_WRONG);
    assertThat(refusal(List.of(Letter.A), card("04A1B2C3", "FF112233445566778899AABBCCDDEEFF")))
        .isEqualTo(CardRefusal.CARD_KEY_WRONG);
    assertThat(refusal(List.of(Letter.A), CardSpec.parse("desfire:04010203040506")))
        .isEqualTo(CardRefusal.CARD_WRONG_KIND);
    assertThat(
        refusal(List.of(Letter.A), CardSpec.parse("classic1k:04A1B2C3,master=" + MASTER + ",data=0000")))
        .as("never written").isEqualTo(CardRefusal.CARD_UNUSABLE);
  }

  @Test
  void aCardTakenAwayAtAnyStepIsNeverProven() {
    for (int step = 0; step < 2; step++) {
      var card = card("04A1B2C3", MASTER);
      card.tearAfterCommands(step);
      assertThat(refusal(List.of(Letter.A), card)).as("after %d commands", step)
          .isEqualTo(CardRefusal.CARD_REMOVED);
    }
  }

  private static Card card(String uid, String master) {
    return CardSpec.parse("classic1k:" + uid + ",master=" + master + ",data=" + NUMBER);
  }

  private static CardRefusal refusal(List<Letter> letters, Card card) {
    return catchThrowableOfType(CardRefusedException.class, () -> prove(IdentityRule.FILE, letters, card))
        .refusal();
  }

  private static CardProof prove(IdentityRule identity, List<Letter> letters, Card card) throws Exception {
    return new SectorProver(new SectorOfCard(1, 0, 0, 8, letters), new CardKeys(AesKey.parse(MASTER), true),
        identity)
        .prove(new SimCardChannel(card));
  }
}
