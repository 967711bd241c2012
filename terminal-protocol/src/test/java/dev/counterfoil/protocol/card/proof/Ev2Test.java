package dev.counterfoil.protocol.card.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The examples of NXP AN12196 (NTAG 424 DNA); DESFire EV2 and EV3 calculate alike.
class Ev2Test {

  private static final HexFormat HEX = HexFormat.of();
  private static final AesKey ZERO = AesKey.of(new byte[16]);

  /// Section 6.6.
  @Test
  void theFirstHandshakeIsThatOfTheApplicationNote() {
    var handshake = Ev2Handshake.answer(ZERO, HEX.parseHex("A04C124213C186F22399D33AC2A30215"),
        HEX.parseHex("13C5DB8A5930439FC3DEF9A4C675360F"));

    assertThat(handshake.token()).isEqualTo(
        HEX.parseHex("35C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D"));
    assertSession(handshake.finish(
        HEX.parseHex("3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F08120663")).orElseThrow(),
        "9D00C4DF", "1309C877509E5A215007FF0ED19CA564", "4C6626F5E72EA694202139295C7A7FC7");
  }

  /// Section 6.10.
  @Test
  void theSecondHandshakeIsThatOfTheApplicationNote() {
    var handshake = Ev2Handshake.answer(ZERO, HEX.parseHex("B875CEB0E66A6C5CD00898DC371F92D1"),
        HEX.parseHex("B98F4C50CF1C2E084FD150E33992B048"));

    assertThat(handshake.token()).isEqualTo(
        HEX.parseHex("FF0306E47DFBC50087C4D8A78E88E62DE1E8BE457AA477C707E2F0874916A8B1"));
    assertSession(handshake.finish(
        HEX.parseHex("0CC9A8094A8EEA683ECAAC5C7BF20584206D0608D477110FC6B3D5D3F65C3A6A")).orElseThrow(),
        "7614281A", "7A93D6571E4B180FCA6AC90C9A7488D4", "FC4AF159B62E549B5812394CAB1918CC");
  }

  private static void assertSession(Ev2Session session, String transaction, String encryption, String mac) {
    assertThat(session.transaction()).isEqualTo(HEX.parseHex(transaction));
    assertThat(session.encryptionKey()).isEqualTo(AesKey.parse(encryption));
    assertThat(session.macKey()).isEqualTo(AesKey.parse(mac));
  }

  @Test
  void aCardWithoutTheKeyProvesNothing() {
    var handshake = Ev2Handshake.answer(ZERO, HEX.parseHex("A04C124213C186F22399D33AC2A30215"),
        HEX.parseHex("13C5DB8A5930439FC3DEF9A4C675360F"));
    byte[] answer = HEX.parseHex("3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F08120663");

    answer[8] ^= 1;

    assertThat(handshake.finish(answer)).isEmpty();
    assertThat(handshake.finish(Arrays.copyOf(answer, 16))).isEmpty();
  }

  /// Section 5.3: GetFileSettings and its answer.
  @Test
  void theMacsOfCommandAndAnswerAreThoseOfTheApplicationNote() {
    var session = new Ev2Session(ZERO, AesKey.parse("8248134A386E86EB7FAF54A52E536CB6"),
        HEX.parseHex("7A21085E"), 0);
    byte[] data = HEX.parseHex("0040EEEE000100D1FE001F00004400004400002000006A0000");
    byte[] mac = HEX.parseHex("2A474282E7A47986");

    assertThat(session.commandMac(0xF5, (byte) 0x02)).isEqualTo(HEX.parseHex("6597A457C8CD442C"));
    var next = session.received(data, mac).orElseThrow();
    assertThat(next.received(data, mac)).as("the same answer once more").isEmpty();
    data[0] ^= 1;
    assertThat(session.received(data, mac)).isEmpty();
  }

  /// Section 6.12: WriteData in full mode.
  @Test
  void encryptedDataAreThoseOfTheApplicationNote() {
    var session = new Ev2Session(AesKey.parse("7A93D6571E4B180FCA6AC90C9A7488D4"),
        AesKey.parse("FC4AF159B62E549B5812394CAB1918CC"), HEX.parseHex("7614281A"), 0);

    byte[] encrypted = session.encrypted(HEX.parseHex("0102030405060708090A"));

    assertThat(encrypted).isEqualTo(HEX.parseHex("6B5E6804909962FC4E3FF5522CF0F843"));
    assertThat(session.commandMac(0x8D, HEX.parseHex("030000000A00006B5E6804909962FC4E3FF5522CF0F843")))
        .isEqualTo(HEX.parseHex("6C0C53315B9C73AA"));
    assertThat(session.received(new byte[0], HEX.parseHex("C26D236E4A7C046D"))).isPresent();
  }

  /// Section 7.3: GetCardUID, the answer encrypted.
  @Test
  void aDecryptedAnswerIsThatOfTheApplicationNote() {
    var session = new Ev2Session(AesKey.parse("2B4D963C014DC36F24F69A50A394F875"),
        AesKey.parse("379D32130CE61705DD5FD8C36B95D764"), HEX.parseHex("DF055522"), 0);
    byte[] data = HEX.parseHex("70756055688505B52A5E26E59E329CD6");

    assertThat(session.commandMac(0x51)).isEqualTo(HEX.parseHex("8E2C155ADDA99BE3"));
    var next = session.received(data, HEX.parseHex("595F672298EA41B7")).orElseThrow();
    assertThat(next.decrypted(data)).contains(HEX.parseHex("04958CAA5C5E80"));
    assertThat(session.decrypted(data)).as("with the IV of another message")
        .isNotEqualTo(next.decrypted(data));
    assertThat(next.decrypted(new byte[15])).isEmpty();
  }
}
