package dev.counterfoil.terminal.driver.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.KeyDiversification;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.DesfireApplication;
import dev.counterfoil.sim.card.DesfireApplication.Mode;
import dev.counterfoil.sim.card.DesfireCard;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.driver.proof.DesfireProver.Generation;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The driver against a card that somebody else wrote from the same documents.
class DesfireProverTest {

  private static final String UID = "04010203040506";
  private static final String MASTER = "00112233445566778899AABBCCDDEEFF";
  private static final String OTHER = "FFEEDDCCBBAA99887766554433221100";
  private static final String NUMBER = "4003112233445566";
  private static final FileOfCard FILE = new FileOfCard(0xF54321, 2, 1, 0, 8);

  @ParameterizedTest
  @CsvSource({"EV1, mac", "EV1, plain", "EV2, mac", "EV2, full"})
  void aCardWithItsOwnKeyTellsItsNumber(Generation generation, String mode) throws Exception {
    var proof = prove(generation, true, IdentityRule.FILE, card("master=" + MASTER, mode));

    assertThat(proof).isEqualTo(new CardProof(CardProof.Kind.AUTHENTICATED, HexFormat.of().parseHex(NUMBER)));
  }

  @ParameterizedTest
  @EnumSource
  void aCardWithTheKeyOfAllTellsItsNumber(Generation generation) throws Exception {
    var proof = prove(generation, false, IdentityRule.FILE, card("key=" + MASTER, "mac"));

    assertThat(proof.identity()).asHexString().isEqualTo(NUMBER);
  }

  @ParameterizedTest
  @EnumSource
  void itsOwnKeyVouchesForItsUid(Generation generation) throws Exception {
    var proof = prove(generation, true, IdentityRule.UID, card("master=" + MASTER, "mac"));

    assertThat(proof).isEqualTo(new CardProof(CardProof.Kind.AUTHENTICATED, HexFormat.of().parseHex(UID)));
  }

  @ParameterizedTest
  @EnumSource
  void anotherKeyIsWrong(Generation generation) {
    assertThat(refusal(generation, card("master=" + OTHER, "mac"))).isEqualTo(CardRefusal.CARD_KEY_WRONG);
    assertThat(refusal(generation, card("key=" + MASTER, "mac"))).as("not diversified")
        .isEqualTo(CardRefusal.CARD_KEY_WRONG);
  }

  @ParameterizedTest
  @EnumSource
  void aCopiedUidWithoutOurApplicationIsNotOurs(Generation generation) {
    assertThat(refusal(generation, CardSpec.parse("desfire:" + UID))).isEqualTo(CardRefusal.CARD_NOT_OURS);
    assertThat(refusal(generation, DesfireCard.of(HexFormat.of().parseHex(UID)).withApplication(0xF54321)))
        .as("an application without keys").isEqualTo(CardRefusal.CARD_KEY_WRONG);
  }

  @ParameterizedTest
  @EnumSource
  void aCardThatTakesAnyTokenIsForged(Generation generation) {
    assertThat(refusal(generation, card("master=" + OTHER, "mac").takingAnyToken()))
        .isEqualTo(CardRefusal.CARD_FORGED);
  }

  @ParameterizedTest
  @EnumSource
  void aNumberChangedOnTheWayIsForged(Generation generation) {
    assertThat(refusal(generation, card("master=" + MASTER, "mac").withChangedReads()))
        .isEqualTo(CardRefusal.CARD_FORGED);
  }

  @ParameterizedTest
  @EnumSource
  void anotherUidWithAGoodCardsKeyIsWrong(Generation generation) {
    // What a thief has who broke one card open: its key, under a UID that it was not made for.
    var thief = CardSpec.parse("desfire-aes:04010203040507,aid=F54321,key-number=2,key="
        + HexFormat.of().formatHex(keyOf(UID)) + ",data=" + NUMBER);

    assertThat(refusal(generation, thief)).isEqualTo(CardRefusal.CARD_KEY_WRONG);
  }

  private static byte[] keyOf(String uid) {
    return KeyDiversification
        .ofApplication(AesKey.parse(MASTER), HexFormat.of().parseHex(uid), 0xF54321).first(16);
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsMissingShortEmptyOrNotForThisKeyIsUnusable(Generation generation) {
    byte[] key = keyOf(UID);
    var bare = new DesfireApplication(0xF54321).withKey(0, key).withKey(2, key);

    assertUnusable(generation, bare);
    assertUnusable(generation, bare.withFile(1, Mode.MAC, 2, new byte[7]));
    assertUnusable(generation, bare.withFile(1, Mode.MAC, 2, new byte[8]));
    assertUnusable(generation, bare.withFile(1, Mode.MAC, 0, HexFormat.of().parseHex(NUMBER)));
  }

  private static void assertUnusable(Generation generation, DesfireApplication application) {
    assertThat(refusal(generation, DesfireCard.of(HexFormat.of().parseHex(UID)).withApplication(application)))
        .isEqualTo(CardRefusal.CARD_UNUSABLE);
  }

  @ParameterizedTest
  @EnumSource
  void aCardTakenAwayAtAnyStepIsNeverProven(Generation generation) throws Exception {
    int steps = 4;
    for (int step = 0; step < steps; step++) {
      var card = card("master=" + MASTER, "mac");
      card.tearAfterCommands(step);
      assertThat(refusal(generation, card)).as("after %d commands", step).isEqualTo(CardRefusal.CARD_REMOVED);
    }
    var card = card("master=" + MASTER, "mac");
    card.tearAfterCommands(steps);
    assertThat(prove(generation, true, IdentityRule.FILE, card).identity()).as("after all of them")
        .hasSize(8);
  }

  @Test
  void theSameCardIsChallengedAnewEachTime() throws Exception {
    var prover = prover(Generation.EV1, true, IdentityRule.FILE);
    var first = new SimCardChannel(card("master=" + MASTER, "mac"));
    var second = new SimCardChannel(card("master=" + MASTER, "mac"));

    prover.prove(first);
    prover.prove(second);

    assertThat(first.said.get(1)).as("the card's challenge, alike in a model").isEqualTo(second.said.get(1));
    assertThat(first.said.get(2)).as("our token").isNotEqualTo(second.said.get(2));
    assertThat(first.said).hasSize(4).first().asString().isEqualTo("905a0000032143f500 -> 9100");
  }

  @Test
  void anotherKindOfCardIsNotEvenAsked() {
    assertThat(refusal(Generation.EV1, CardSpec.parse("classic1k:04A1B2C3")))
        .isEqualTo(CardRefusal.CARD_WRONG_KIND);
    assertThat(refusal(Generation.EV1, CardSpec.parse("ntag:" + UID))).isEqualTo(CardRefusal.CARD_WRONG_KIND);
  }

  private static DesfireCard card(String key, String mode) {
    return (DesfireCard) CardSpec.parse(
        "desfire-aes:" + UID + ",aid=F54321,key-number=2," + key + ",mode=" + mode + ",data=" + NUMBER);
  }

  private static CardRefusal refusal(Generation generation, Card card) {
    return catchThrowableOfType(CardRefusedException.class,
        () -> prove(generation, true, IdentityRule.FILE, card)).refusal();
  }

  private static CardProof prove(Generation generation, boolean diversified, IdentityRule identity, Card card)
      throws Exception {
    return prover(generation, diversified, identity).prove(new SimCardChannel(card));
  }

  private static DesfireProver prover(Generation generation, boolean diversified, IdentityRule identity) {
    return new DesfireProver(generation, FILE, new CardKeys(AesKey.parse(MASTER), diversified), identity,
        new SplittableRandom(1));
  }
}
