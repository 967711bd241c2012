package dev.counterfoil.sim.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The models' own cryptography against what NIST and NXP publish and a real card was recorded with.
class DesfireSecurityTest {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final byte[] NIST = HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c");

  @ParameterizedTest
  @CsvSource({"'', bb1d6929e95937287fa37d129b756746",
      "6bc1bee22e409f96e93d7e117393172a, 070a16b46b4d4144f79bdd9dd04a287c",
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411, dfa66747de9ae63030ca32611497c827"})
  void theCmacsAreThoseOfNist(String message, String mac) {
    assertThat(CardAes.cmac(NIST, CardAes.zeros(), HEX.parseHex(message))).isEqualTo(HEX.parseHex(mac));
  }

  @ParameterizedTest
  @CsvSource({
      "00112233445566778899AABBCCDDEEFF, 04782E21801D803042F54E585020416275, A8DD63A3B89D54B37CA802473FDA9175",
      "F3F9377698707B688EAF84ABE39E3791, 04DEADBEEFFEED, 0BB408BAFF98B6EE9F2E1585777F6A51"})
  void diversifiedKeysAreThoseOfNxp(String master, String input, String key) {
    assertThat(CardAes.diversified(HEX.parseHex(master), HEX.parseHex(input))).isEqualTo(HEX.parseHex(key));
  }

  /// The recorded card's CMACs behind its answers to CD, 6F and F5.
  @Test
  void anEv1SessionGuardsItsAnswersAsTheRecordedCardDid() {
    var session = new DesfireSession.Ev1(1, HEX.parseHex("40E7D271626FFBD49C530E3D304F5B17"));

    assertThat(exchange(session, 0xCD, "05001100500000", "")).isEqualTo("A75316AD1596B953");
    assertThat(exchange(session, 0x6F, "", "05")).isEqualTo("05" + "2D5FF67FFEC9D2D3");
    assertThat(exchange(session, 0xF5, "05", "00001100500000"))
        .isEqualTo("00001100500000" + "2AAC7517024E09DC");
  }

  private static String exchange(DesfireSession session, int code, String command, String answer) {
    assertThat(session.open(code, HEX.parseHex(command), true)).isPresent();
    return HEX.formatHex(session.close(HEX.parseHex(answer), DesfireApplication.Mode.MAC));
  }

  /// AN12196 section 5.3.
  @Test
  void anEv2SessionGuardsAsTheApplicationNote() {
    byte[] key = HEX.parseHex("8248134A386E86EB7FAF54A52E536CB6");
    var session = new DesfireSession.Ev2(0, key, key, HEX.parseHex("7A21085E"));

    assertThat(session.open(0xF5, HEX.parseHex("026597A457C8CD442D"), true)).isEmpty();
    assertThat(session.open(0xF5, HEX.parseHex("026597A457C8CD442C"), true)).contains(new byte[] {2});
    assertThat(HEX.formatHex(session.close(HEX.parseHex("0040EEEE000100D1FE001F00004400004400002000006A0000"),
        DesfireApplication.Mode.MAC))).endsWith("2A474282E7A47986");
  }

  /// AN12196 section 7.3.
  @Test
  void anEv2SessionHidesAsTheApplicationNote() {
    var session = new DesfireSession.Ev2(0, HEX.parseHex("2B4D963C014DC36F24F69A50A394F875"),
        HEX.parseHex("379D32130CE61705DD5FD8C36B95D764"), HEX.parseHex("DF055522"));

    assertThat(HEX.formatHex(session.close(HEX.parseHex("04958CAA5C5E80"), DesfireApplication.Mode.FULL)))
        .isEqualTo("70756055688505B52A5E26E59E329CD6" + "595F672298EA41B7");
  }

  @Test
  void aFileIsReadOnlyInASessionOfItsKeyAndOnlyUntilTheNextSelection() {
    Card card = CardSpec.parse("desfire-aes:04A1B2C3D4E5F6,aid=F54321,key=00112233445566778899AABBCCDDEEFF");
    card.select();

    assertThat(send(card, "5A2143F5")).isEqualTo("00");
    assertThat(send(card, "BD01000000070000")).isEqualTo("AE");
    assertThat(send(card, "AA01")).isEqualTo("40");
    assertThat(send(card, "AA00")).startsWith("AF").hasSize(2 * 17);
    assertThat(send(card, "AF" + "00".repeat(32))).isEqualTo("AE");
    assertThat(send(card, "AF" + "00".repeat(32))).as("the login was over").isEqualTo("CA");
  }

  private static String send(Card card, String command) {
    return HEX.formatHex(((CardAnswer.Data) card.exchange(HEX.parseHex(command))).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"desfire-aes:04A1B2C3D4E5F6", "desfire-aes:04A1B2C3D4E5F6,aid=F5432",
      "desfire-aes:04A1B2C3D4E5F6,aid=F54321,key=00", "desfire-aes:04A1B2C3D4E5F6,aid=F54321,key",
      "desfire-aes:04A1B2C3D4E5F6,aid=F54321,key=00112233445566778899AABBCCDDEEFF,mode=crypt",
      "desfire-aes:04A1B2C3D4E5F6,aid=F54321,key=00112233445566778899AABBCCDDEEFF,file=32",
      "desfire:04A1B2C3D4E5F6,aid=F54321"})
  void aBadSpecIsRefusedWithItsCode(String spec) {
    assertThatThrownBy(() -> CardSpec.parse(spec)).isInstanceOf(CardSpecException.class)
        .hasMessageStartingWith("SIM-CARD-SPEC: ").hasMessageContaining(spec);
  }
}
