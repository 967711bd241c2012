package dev.counterfoil.sim.device.scanner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Members' codes as `docs/PROTOCOL.md` section 6 describes them, for a scanner that has nothing to scan.
public final class PaymentCodes {

  private PaymentCodes() {}

  /// A code that looks right and that no server knows.
  public static String draw(RandomGenerator random) {
    byte[] selector = new byte[12];
    byte[] secret = new byte[32];
    random.nextBytes(selector);
    random.nextBytes(secret);
    String body = "CF1" + base64(selector, 12) + base64(secret, 32);
    var hashed = new ByteArrayOutputStream();
    hashed.writeBytes("counterfoil/code/v1".getBytes(StandardCharsets.US_ASCII));
    hashed.write(0);
    hashed.writeBytes(body.getBytes(StandardCharsets.US_ASCII));
    return body + base64(sha256(hashed.toByteArray()), 3);
  }

  private static String base64(byte[] bytes, int count) {
    byte[] some = new byte[count];
    System.arraycopy(bytes, 0, some, 0, count);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
