package dev.counterfoil.settlement.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An authenticator program in a few lines, apart from ours (RFC 6238, RFC 4648).
final class TestCodes {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private TestCodes() {}

  static String at(byte[] secret, Instant time) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(time.getEpochSecond() / 30).array());
      int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] base32(String text) {
    var out = new ByteArrayOutputStream();
    int bits = 0;
    int value = 0;
    for (char each : text.toCharArray()) {
      value = value << 5 | ALPHABET.indexOf(each);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.write(value >> bits);
        value &= (1 << bits) - 1;
      }
    }
    return out.toByteArray();
  }
}
