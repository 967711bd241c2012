package dev.counterfoil.protocol.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnrolmentCodeTest {

  private static final byte[] CERTIFICATE = "certificate".getBytes(StandardCharsets.US_ASCII);

  private final EnrolmentCode code = EnrolmentCode.create(new Random(7), CERTIFICATE);

  @Test
  void whatIsPrintedIsReadBack() {
    assertThat(EnrolmentCode.parse(code.text())).isEqualTo(code);
    assertThat(code.text()).matches("CF1-[0-9A-Z]{13}-[0-9A-Z]{28}");
  }

  @Test
  void lowerCaseBlanksAndLookAlikesAreForgiven() {
    String typed = code.text().toLowerCase(Locale.ROOT).replace('0', 'o').replace('1', 'l');
    assertThat(EnrolmentCode.parse("  " + typed.replace("-", "- ").replaceFirst("- ", "-"))).isEqualTo(code);
  }

  @Test
  void everySingleWrongCharacterIsNoticed() {
    String text = code.text();
    for (int at = 4; at < text.length(); at++) {
      char wrong = text.charAt(at) == '7' ? '8' : '7';
      if (text.charAt(at) != '-') {
        assertMistyped(text.substring(0, at) + wrong + text.substring(at + 1));
      }
    }
  }

  @Test
  void twoSwappedCharactersAreNoticed() {
    String text = code.text();
    for (int at = 4; at < 16; at++) {
      if (text.charAt(at) != text.charAt(at + 1)) {
        assertMistyped(
            text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2));
      }
    }
  }

  @Test
  void aCodePinsItsAuthorityAndNoOther() {
    assertThat(code.pins(CERTIFICATE)).isTrue();
    assertThat(code.pins("another".getBytes(StandardCharsets.US_ASCII))).isFalse();
  }

  @Test
  void theSecretIsNotInTheTextForLogs() {
    assertThat(code.toString()).doesNotContain(code.secret());
  }

  private static void assertMistyped(String text) {
    assertThatThrownBy(() -> EnrolmentCode.parse(text)).as(text).isInstanceOf(MistypedCodeException.class);
  }
}
