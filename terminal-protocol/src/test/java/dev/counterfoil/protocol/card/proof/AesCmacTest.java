package dev.counterfoil.protocol.card.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of NIST SP 800-38B appendix D.1, and the diversified keys that NXP publishes.
class AesCmacTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final AesKey NIST = AesKey.parse("2b7e151628aed2a6abf7158809cf4f3c");
  private static final AesKey NXP = AesKey.parse("00112233445566778899AABBCCDDEEFF");

  @Test
  void theSubkeysAreThoseOfNist() {
    assertThat(AesCmac.subkey(NIST, true)).isEqualTo(HEX.parseHex("fbeed618357133667c85e08f7236a8de"));
    assertThat(AesCmac.subkey(NIST, false)).isEqualTo(HEX.parseHex("f7ddac306ae266ccf90bc11ee46d513b"));
  }

  @ParameterizedTest
  @CsvSource({"'', bb1d6929e95937287fa37d129b756746",
      "6bc1bee22e409f96e93d7e117393172a, 070a16b46b4d4144f79bdd9dd04a287c",
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411, dfa66747de9ae63030ca32611497c827",
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710, 51f0bebf7e3b9d92fc49741779363cfe"})
  void theCmacsAreThoseOfNist(String message, String mac) {
    assertThat(AesCmac.of(NIST, HEX.parseHex(message))).isEqualTo(HEX.parseHex(mac));
  }

  /// AN10922 section 2.2.1 (18 bytes), AN10957 (8 bytes: padded to two blocks all the same).
  @ParameterizedTest
  @CsvSource({
      "00112233445566778899AABBCCDDEEFF, 04782E21801D803042F54E585020416275, A8DD63A3B89D54B37CA802473FDA9175",
      "F3F9377698707B688EAF84ABE39E3791, 04DEADBEEFFEED, 0BB408BAFF98B6EE9F2E1585777F6A51"})
  void diversifiedKeysAreThoseOfNxp(String master, String input, String key) {
    assertThat(KeyDiversification.aes128(AesKey.parse(master), HEX.parseHex(input)))
        .isEqualTo(AesKey.parse(key));
  }

  @Test
  void aSectorsKeyDependsOnCardSectorAndLetter() {
    byte[] uid = HEX.parseHex("04A1B2C3");

    byte[] key = KeyDiversification.ofSector(NXP, uid, 1, 'A');

    assertThat(key).hasSize(6).isNotEqualTo(KeyDiversification.ofSector(NXP, uid, 1, 'B'))
        .isNotEqualTo(KeyDiversification.ofSector(NXP, uid, 2, 'A'))
        .isNotEqualTo(KeyDiversification.ofSector(NXP, HEX.parseHex("04A1B2C4"), 1, 'A'))
        .isEqualTo(KeyDiversification.aes128(NXP, HEX.parseHex("04A1B2C30141")).first(6));
  }

  @Test
  void anApplicationsKeyDependsOnCardAndApplication() {
    assertThat(KeyDiversification.ofApplication(NXP, HEX.parseHex("04010203040506"), 0xF54321))
        .isEqualTo(KeyDiversification.aes128(NXP, HEX.parseHex("040102030405062143F5")));
  }

  @Test
  void moreThanTwoBlocksAreRefused() {
    assertThatThrownBy(() -> KeyDiversification.aes128(NXP, new byte[32]))
        .hasMessage("a key is diversified with 1 to 31 bytes, found 32");
    assertThat(KeyDiversification.aes128(NXP, new byte[31])).isNotNull();
  }

  @Test
  void aKeyNeverShowsItself() {
    assertThat(NXP).hasToString("AesKey[secret]");
    assertThatThrownBy(() -> AesKey.parse("00112233445566778899AABBCCDDEEFG"))
        .hasMessage("an AES-128 key has 32 hexadecimal digits");
    assertThatThrownBy(() -> AesKey.parse("0011")).hasMessage("an AES-128 key has 32 hexadecimal digits");
  }
}
