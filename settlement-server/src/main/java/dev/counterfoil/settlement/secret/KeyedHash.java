package dev.counterfoil.settlement.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Finds a sealed value by its exact text, without opening all of them: HMAC-SHA256 under a key that is derived from a
/// seal key for one purpose. It tells whoever reads the database which rows are equal, and nothing else without the keys.
/// Thread-safe; never blocks.
///
/// @param purpose no two columns share one
public record KeyedHash(SealKeys keys, String purpose) {

  private static final String ALGORITHM = "HmacSHA256";

  /// Under the newest key: what is stored.
  public byte[] of(String text) {
    return under(keys.newest(), text);
  }

  /// Under every key there is, the newest first: what is looked for until the older rows are sealed anew.
  public List<byte[]> all(String text) {
    return keys.numbers().stream().map(number -> under(number, text)).toList();
  }

  private byte[] under(int number, String text) {
    byte[] key = mac(keys.key(number), purpose);
    return mac(key, text);
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "KeyedHash[" + purpose + "]";
  }
}
