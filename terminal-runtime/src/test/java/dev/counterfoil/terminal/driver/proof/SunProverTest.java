package dev.counterfoil.terminal.driver.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.SunVerifier;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.Ntag424Card;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.file.DurableFiles;
import dev.counterfoil.terminal.file.PowerCuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SunProverTest {

  private static final String UID = "04DE5F1EACC040";
  private static final String META = "00112233445566778899AABBCCDDEEFF";
  private static final String MASTER = "112233445566778899AABBCCDDEEFF00";

  @TempDir
  private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("sun.counters");
  }

  @Test
  void aTagProvesItselfAgainAndAgain() throws Exception {
    var tag = tag(UID);

    for (int tap = 0; tap < 3; tap++) {
      assertThat(prove(tag)).isEqualTo(new CardProof(CardProof.Kind.SUN, HexFormat.of().parseHex(UID)));
    }
    assertThat(tag.readings()).as("one reading a tap").isEqualTo(3);
  }

  @Test
  void aRecordedMessageIsRefusedAlsoAfterANewStart() throws Exception {
    var copy = tag(UID).recorded();
    prove(copy);

    assertThat(refusal(copy)).isEqualTo(CardRefusal.CARD_REPLAYED);
    assertThat(Files.readString(file)).as("not the UID itself").matches("[0-9a-f]{16} 1\n")
        .doesNotContain(UID);
    Files.writeString(file, Files.readString(file) + "0123456789abcdef 99");
    assertThat(refusal(copy)).as("behind a torn line").isEqualTo(CardRefusal.CARD_REPLAYED);
    assertThat(prove(tag(UID + ",counter=1"))).isNotNull();
    assertThat(prove(tag(UID + ",counter=2"))).as("the torn line has swallowed none").isNotNull();
  }

  @Test
  void whoHasAnotherKeyIsRefused() {
    assertThat(refusal(CardSpec.parse("ntag424:" + UID + ",meta=" + META + ",key=" + MASTER)))
        .as("not diversified").isEqualTo(CardRefusal.CARD_FORGED);
    assertThat(refusal(CardSpec.parse("ntag424:" + UID + ",meta=" + MASTER + ",master=" + MASTER)))
        .isEqualTo(CardRefusal.CARD_KEY_WRONG);
    assertThat(refusal(CardSpec.parse("desfire:" + UID))).isEqualTo(CardRefusal.CARD_NOT_OURS);
    assertThat(refusal(CardSpec.parse("classic1k:04A1B2C3"))).isEqualTo(CardRefusal.CARD_WRONG_KIND);
    assertThat(file).as("nothing was seen of any of them").doesNotExist();
  }

  @Test
  void aTagTakenAwayAtAnyStepIsNeverProvenAndItsCounterNotUsedUp() throws Exception {
    for (int step = 0; step < 4; step++) {
      var tag = tag(UID);
      tag.tearAfterCommands(step);
      assertThat(refusal(tag)).as("after %d commands", step).isEqualTo(CardRefusal.CARD_REMOVED);
    }
    assertThat(file).doesNotExist();
    assertThat(prove(tag(UID))).isNotNull();
  }

  @Test
  void aFileThatIsNotOursIsToldAndLeftAlone() throws Exception {
    Files.writeString(file, "something else\n");

    assertThatThrownBy(() -> SunCounterFile.open(file)).isInstanceOf(IOException.class)
        .hasMessageContaining("sun.counters");
    assertThat(file).hasContent("something else");
  }

  /// A counter that is forgotten lets a copied message pay a second time.
  @Test
  void aPowerCutForgetsNoCounterThatWasRemembered(@TempDir Path room) throws Exception {
    byte[] uid = HexFormat.of().parseHex(UID);
    Path folder = Files.createDirectory(room.resolve("data"));
    var cuts = new PowerCuts(folder);
    var counters = SunCounterFile.open(folder.resolve("sun.counters"), new DurableFiles(cuts));
    counters.remember(uid, 7);
    int seven = cuts.steps();
    counters.remember(uid, 8);
    int eight = cuts.steps();

    cuts.show(room, (left, done, what) -> assertThat(
        SunCounterFile.open(left.resolve("sun.counters")).counter(uid)).as(what)
        .isBetween(done >= eight ? 8 : done >= seven ? 7 : SunVerifier.NEVER_SEEN, 8));
  }

  @Test
  void aPowerCutWhileATornFileIsWrittenAnewForgetsNone(@TempDir Path room) throws Exception {
    byte[] uid = HexFormat.of().parseHex(UID);
    Path folder = Files.createDirectory(room.resolve("data"));
    Path kept = folder.resolve("sun.counters");
    SunCounterFile.open(kept).remember(uid, 7);
    Files.writeString(kept, "0123", StandardOpenOption.APPEND);
    var cuts = new PowerCuts(folder);
    SunCounterFile.open(kept, new DurableFiles(cuts));

    assertThat(cuts.steps()).isGreaterThan(4);
    cuts.show(room, (left, done, what) -> assertThat(
        SunCounterFile.open(left.resolve("sun.counters")).counter(uid)).as(what).isEqualTo(7));
  }

  private static Ntag424Card tag(String uid) {
    return (Ntag424Card) CardSpec.parse(
        "ntag424:" + uid.replaceFirst(",.*", "") + ",meta=" + META + ",master=" + MASTER
            + (uid.contains(",") ? uid.substring(uid.indexOf(',')) : ""));
  }

  private CardRefusal refusal(Card card) {
    return catchThrowableOfType(CardRefusedException.class, () -> prove(card)).refusal();
  }

  /// As after a new start each time.
  private CardProof prove(Card card) throws Exception {
    return new SunProver(AesKey.parse(META), new CardKeys(AesKey.parse(MASTER), true),
        SunCounterFile.open(file))
        .prove(new SimCardChannel(card));
  }
}
