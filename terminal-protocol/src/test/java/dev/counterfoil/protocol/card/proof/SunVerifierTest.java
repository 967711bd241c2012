package dev.counterfoil.protocol.card.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.proof.SunVerdict.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The examples of NXP AN12196 sections 3.4 and 4, and those of nfc-developer/sdm-backend with other keys.
class SunVerifierTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final SunVerifier.LastSeen NEVER = uid -> SunVerifier.NEVER_SEEN;
  private static final byte[] NOTHING = {};

  private final SunVerifier zero = verifier("00000000000000000000000000000000",
      "00000000000000000000000000000000");

  @Test
  void aMessageOfTheApplicationNoteIsGenuine() {
    var verdict = zero.verify(HEX.parseHex("EF963FF7828658A599F3041510671E88"), NOTHING,
        HEX.parseHex("94EED9EE65337086"), NEVER);

    assertGenuine(verdict, "04DE5F1EACC040", 61);
  }

  @Test
  void aMessageThatCoversDataOfTheFileIsGenuine() {
    var verdict = zero.verify(HEX.parseHex("FD91EC264309878BE6345CBE53BADF40"),
        "CEE9A53E3E463EF1F459635736738962&cmac=".getBytes(StandardCharsets.US_ASCII),
        HEX.parseHex("ECC1E7F6C6C73BF6"), NEVER);

    assertGenuine(verdict, "04958CAA5C5E80", 8);
  }

  @Test
  void aMessageUnderOtherKeysIsGenuine() {
    var verdict = verifier("42aff114f2cb3b6141be6dc95dfc5416", "b62a9baf092439bd43c62aee96b970c5").verify(
        HEX.parseHex("8ACADDEF0A9B62CDAE39A16B83FC14DE"),
        "B8436E11F627BB7F543FCC0C1E0D1A89".getBytes(StandardCharsets.US_ASCII),
        HEX.parseHex("238B2543A8DEBAD8"), NEVER);

    assertGenuine(verdict, "041D3C8A2D6B80", 291);
  }

  @Test
  void aMessageInClearIsGenuine() {
    var verdict = zero.verifyPlain(HEX.parseHex("041E3C8A2D6B80"), 6, NOTHING,
        HEX.parseHex("4B00064004B0B3D3"),
        NEVER);

    assertGenuine(verdict, "041E3C8A2D6B80", 6);
  }

  @Test
  void aWrongMacIsForged() {
    assertThat(zero.verify(HEX.parseHex("FD91EC264309878BE6345CBE53BADF40"),
        "CEE9A53E3E463EF1F459635736738962&cmac=".getBytes(StandardCharsets.US_ASCII),
        HEX.parseHex("3CC1E7F6C6C33B33"), NEVER)).isEqualTo(new SunVerdict.Refused(Reason.SUN_FORGED));
    assertThat(zero.verifyPlain(HEX.parseHex("041E3C8A2D6B80"), 6, NOTHING, HEX.parseHex("AB00064004B0B3AB"),
        NEVER)).isEqualTo(new SunVerdict.Refused(Reason.SUN_FORGED));
    assertThat(zero.verifyPlain(HEX.parseHex("041E3C8A2D6B80"), 7, NOTHING, HEX.parseHex("4B00064004B0B3D3"),
        NEVER)).as("the counter of another message").isEqualTo(new SunVerdict.Refused(Reason.SUN_FORGED));
  }

  @Test
  void aMessageUnderAnotherMetaKeyIsForeign() {
    assertThat(verifier("11111111111111111111111111111111", "00000000000000000000000000000000").verify(
        HEX.parseHex("EF963FF7828658A599F3041510671E88"), NOTHING, HEX.parseHex("94EED9EE65337086"), NEVER))
        .isEqualTo(new SunVerdict.Refused(Reason.SUN_FOREIGN));
  }

  @Test
  void aMessageOfAnotherLengthIsMalformed() {
    var malformed = new SunVerdict.Refused(Reason.SUN_MALFORMED);
    byte[] mac = HEX.parseHex("94EED9EE65337086");

    assertThat(zero.verify(new byte[15], NOTHING, mac, NEVER)).isEqualTo(malformed);
    assertThat(zero.verify(HEX.parseHex("EF963FF7828658A599F3041510671E88"), NOTHING, new byte[7], NEVER))
        .isEqualTo(malformed);
  }

  @Test
  void aCounterThatIsNotAboveTheLastOneIsReplayed() {
    assertThat(seenBefore(60)).isInstanceOf(SunVerdict.Genuine.class);
    assertThat(seenBefore(61)).isEqualTo(new SunVerdict.Refused(Reason.SUN_REPLAYED));
    assertThat(seenBefore(62)).isEqualTo(new SunVerdict.Refused(Reason.SUN_REPLAYED));
  }

  private SunVerdict seenBefore(int counter) {
    return zero.verify(HEX.parseHex("EF963FF7828658A599F3041510671E88"), NOTHING,
        HEX.parseHex("94EED9EE65337086"), uid -> {
          assertThat(uid).isEqualTo(HEX.parseHex("04DE5F1EACC040"));
          return counter;
        });
  }

  private static void assertGenuine(SunVerdict verdict, String uid, int counter) {
    assertThat(verdict).isInstanceOfSatisfying(SunVerdict.Genuine.class, genuine -> {
      assertThat(genuine.uid()).isEqualTo(HEX.parseHex(uid));
      assertThat(genuine.counter()).isEqualTo(counter);
    });
  }

  private static SunVerifier verifier(String metaKey, String fileKey) {
    return new SunVerifier(AesKey.parse(metaKey), uid -> AesKey.parse(fileKey));
  }
}
