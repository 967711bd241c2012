package dev.counterfoil.terminal.driver.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.SunVerifier;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.SectorKey.Letter;
import dev.counterfoil.terminal.driver.proof.DesfireProver.Generation;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import dev.counterfoil.terminal.fuzz.FuzzedCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a card answers that has not the key: it is refused, and nothing else leaves the provers. (A sector is opened by
/// the reader, which vouches for the key; what stands in it may be anything.)
class ProofFuzzTest {

  private static final String MASTER = "00112233445566778899AABBCCDDEEFF";
  private static final CardKeys KEYS = new CardKeys(AesKey.parse(MASTER), true);
  private static final CardIdentity CARD = new CardIdentity(CardTechnology.DESFIRE,
      HexFormat.of().parseHex("04010203040506"), 0x0344, 0x20, new byte[] {0x75, 0x77, (byte) 0x81, 2});
  private static final FileOfCard FILE = new FileOfCard(0xF54321, 2, 1, 0, 8);

  /// Counters that nobody has used.
  private static final class NoCounters implements SunCounters {

    @Override
    public int counter(byte[] uid) {
      return SunVerifier.NEVER_SEEN;
    }

    @Override
    public void remember(byte[] uid, int counter) {
      throw new AssertionError("a tag without the key was believed");
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void noAnswersOfTheCollectionAreBelieved(Path input) throws Exception {
    isBelievedNowhere(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(ProofFuzzTest.class, "jazzerFindsNoAnswersThatAreBelieved");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "2m")
  void jazzerFindsNoAnswersThatAreBelieved(byte[] input) throws Exception {
    isBelievedNowhere(input);
  }

  private static void isBelievedNowhere(byte[] input) throws Exception {
    assertThat(isBelieved(new SunProver(AesKey.parse(MASTER), KEYS, new NoCounters()), input)).isFalse();
    readsASector(input);
    for (Generation generation : Generation.values()) {
      for (IdentityRule rule : IdentityRule.values()) {
        assertThat(isBelieved(prover(generation, rule), input)).as("%s %s", generation, rule).isFalse();
      }
    }
  }

  /// Nothing but a refusal leaves this one, whatever the block holds.
  private static void readsASector(byte[] input) throws Exception {
    var sector = new SectorOfCard(1, 0, 0, 8, List.of(Letter.A, Letter.B));
    var card = new CardIdentity(CardTechnology.MIFARE_CLASSIC, CARD.uid(), 0x0004, 0x08, new byte[0]);
    try {
      var proof = new SectorProver(sector, KEYS, IdentityRule.FILE)
          .prove(new FuzzedCard(card, FuzzInput.pieces(input)));
      assertThat(proof.identity()).hasSize(8);
    } catch (CardRefusedException e) {
      assertThat(e.refusal()).isNotNull();
    }
  }

  private static CardProver prover(Generation generation, IdentityRule rule) {
    return new DesfireProver(generation, FILE, KEYS, rule, new SplittableRandom(1));
  }

  private static boolean isBelieved(CardProver prover, byte[] input) throws Exception {
    try {
      prover.prove(new FuzzedCard(CARD, FuzzInput.pieces(input)));
      return true;
    } catch (CardRefusedException e) {
      assertThat(e.refusal()).isNotNull();
      return false;
    }
  }
}
