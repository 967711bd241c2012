package dev.counterfoil.settlement.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {

  private static final long NONE = -1;

  private final Totp totp = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  /// RFC 6238, appendix B, mode SHA1.
  @ParameterizedTest
  @CsvSource({"59, 94287082", "1111111109, 07081804", "1111111111, 14050471", "1234567890, 89005924",
      "2000000000, 69279037", "20000000000, 65353130"})
  void theCodesOfTheRfc(long second, String code) {
    Instant at = Instant.ofEpochSecond(second);

    assertThat(totp.code(Totp.stepAt(at), 8)).isEqualTo(code);
    assertThat(totp.match(code.substring(2), at, NONE)).hasValue(second / 30);
  }

  /// Code of step 37037036 (RFC second 1111111109); the steps are 30 s long.
  @ParameterizedTest
  @CsvSource({"1111111049, false", "1111111050, true", "1111111080, true", "1111111110, true",
      "1111111139, true", "1111111140, false"})
  void aCodeIsGoodOneStepBeforeAndOneAfter(long second, boolean good) {
    assertThat(totp.match("081804", Instant.ofEpochSecond(second), NONE).isPresent()).isEqualTo(good);
  }

  @Test
  void aCodeWorksOnceAndUsesUpAllBefore() {
    Instant at = Instant.ofEpochSecond(1111111111);
    long step = Totp.stepAt(at);

    assertThat(totp.match("050471", at, step - 1)).isEqualTo(OptionalLong.of(step));
    assertThat(totp.match("050471", at, step)).isEmpty();
    assertThat(totp.match("081804", at, step)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "050470", "50471", "0050471", "05047", " 050471", "０５０４７１", "abcdef"})
  void anythingElseFitsNoStep(String typed) {
    assertThat(totp.match(typed, Instant.ofEpochSecond(1111111111), NONE)).isEmpty();
  }

  @Test
  void anAuthenticatorProgramReadsTheUri() {
    assertThat(totp.uri("Counterfoil North campus", "li.wei")).isEqualTo(
        "otpauth://totp/Counterfoil%20North%20campus:li.wei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=Counterfoil%20North%20campus&algorithm=SHA1&digits=6&period=30");
    assertThat(totp).hasToString("Totp[…]");
  }

  /// RFC 4648, section 10, without padding.
  @ParameterizedTest
  @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB",
      "foobar, MZXW6YTBOI"})
  void base32OfTheRfc(String clear, String encoded) {
    assertThat(Base32.encode(clear.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> new Totp(new byte[15])).isInstanceOf(IllegalArgumentException.class);
  }
}
