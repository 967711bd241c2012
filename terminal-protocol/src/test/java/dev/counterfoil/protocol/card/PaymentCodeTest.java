package dev.counterfoil.protocol.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.card.PaymentCode.Reading;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaymentCodeTest {

  /// Reckoned apart from this code, with Python's base64 and hashlib.
  private static final String GOLDEN = "CF1AAECAwQFBgcICQoL4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8TG7M";

  @Test
  void aCodeIsSelectorSecretAndCheck() {
    var selector = new byte[12];
    var secret = new byte[32];
    for (int i = 0; i < 12; i++) {
      selector[i] = (byte) i;
    }
    for (int i = 0; i < 32; i++) {
      secret[i] = (byte) (0xE0 + i);
    }

    var code = PaymentCode.of(selector, secret);

    assertThat(code.text()).isEqualTo(GOLDEN).hasSize(PaymentCode.LENGTH);
    assertThat(PaymentCode.read(GOLDEN)).isEqualTo(new Reading.Ours(code));
    assertThat(code.selector()).isEqualTo("AAECAwQFBgcICQoL");
  }

  @Test
  void nobodySeesTheSecretInALog() {
    var code = new PaymentCode(GOLDEN);

    assertThat(code.toString()).isEqualTo("code:AAECAwQFBgcICQoL");
    assertThat(new Reading.Ours(code).toString()).doesNotContain(GOLDEN.substring(19));
    assertThatThrownBy(() -> new PaymentCode(GOLDEN.substring(1))).hasMessageNotContaining("CQoL");
  }

  @Test
  void everySingleChangedLostOrDoubledCharacterIsSeen() {
    var random = new Random(1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int at = 0; at < GOLDEN.length(); at++) {
      char other = alphabet.charAt(random.nextInt(64));
      String changed = GOLDEN.substring(0, at) + other + GOLDEN.substring(at + 1);
      String lost = GOLDEN.substring(0, at) + GOLDEN.substring(at + 1);
      String doubled = GOLDEN.substring(0, at) + GOLDEN.charAt(at) + GOLDEN.substring(at);

      assertThat(PaymentCode.read(changed) instanceof Reading.Ours).isEqualTo(changed.equals(GOLDEN));
      assertThat(PaymentCode.read(lost)).isNotInstanceOf(Reading.Ours.class);
      assertThat(PaymentCode.read(doubled)).isNotInstanceOf(Reading.Ours.class);
    }
  }

  @Test
  void halfACodeAndTwoInOneAreDamagedAndOtherTextsAreForeign() {
    assertThat(PaymentCode.read(GOLDEN.substring(0, 40))).isEqualTo(new Reading.Damaged());
    assertThat(PaymentCode.read(GOLDEN + GOLDEN)).isEqualTo(new Reading.Damaged());
    assertThat(PaymentCode.read(GOLDEN.substring(30) + GOLDEN)).isEqualTo(new Reading.Damaged());
    assertThat(PaymentCode.read("https://example.org/CF1")).isEqualTo(new Reading.Foreign());
    assertThat(PaymentCode.read("6901234567892")).isEqualTo(new Reading.Foreign());
    assertThat(PaymentCode.read("")).isEqualTo(new Reading.Foreign());
  }
}
