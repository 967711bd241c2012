package dev.counterfoil.terminal.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {

  @ParameterizedTest
  @ValueSource(ints = {6, 16, 31, 32, 33, 138})
  void aSecretIsFoundInEveryGuiseAlsoAmidOtherBytes(int length) {
    var random = new Random(length);
    byte[] secret = new byte[length];
    random.nextBytes(secret);
    var secrets = new KnownSecrets();
    secrets.add(secret);
    for (int before = 0; before < 5; before++) {
      byte[] amid = new byte[before + length + 4];
      random.nextBytes(amid);
      System.arraycopy(secret, 0, amid, before, length);

      for (byte[] guise : new byte[][] {amid, bytes(HexFormat.of().formatHex(amid)),
          bytes(HexFormat.of().withUpperCase().formatHex(amid)), Base64.getEncoder().encode(amid),
          Base64.getUrlEncoder().encode(amid)}) {
        assertThat(secrets.foundIn(Map.of("entry", guise))).containsExactly("entry");
        assertThat(secrets.foundIn(Map.of("entry", secrets.sweep(guise)))).isEmpty();
      }
    }
  }

  @Test
  void theRestOfAnEntryStaysAsItIs() {
    var secrets = new KnownSecrets();
    secrets.add("hunter2hunter2");
    secrets.add("short");

    assertThat(secrets.sweep(bytes("李 short hunter2hunter2 ü"))).asString(StandardCharsets.UTF_8)
        .isEqualTo("李 short [secret] ü");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
