package dev.counterfoil.sim.bench;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What an operator's authenticator program shows (RFC 6238): six digits of HMAC-SHA-1 over the 30-second step.
final class Authenticator {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final long STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  private final byte[] secret;

  /// @param uri as a QR code holds it
  Authenticator(String uri) {
    this.secret = Stream.of(URI.create(uri).getQuery().split("&")).filter(part -> part.startsWith("secret="))
        .map(part -> decoded(part.substring("secret=".length()))).findFirst().orElseThrow();
  }

  /// RFC 4648, section 6.
  private static byte[] decoded(String base32) {
    var bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int held = 0;
    for (char letter : base32.replace("=", "").toCharArray()) {
      buffer = buffer << BITS | ALPHABET.indexOf(letter);
      held += BITS;
      if (held >= Byte.SIZE) {
        held -= Byte.SIZE;
        bytes.write(buffer >> held);
      }
    }
    return bytes.toByteArray();
  }

  String codeAt(Instant now) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret, "HmacSHA1"));
    long step = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", number % MODULUS);
  }
}
