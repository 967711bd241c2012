package dev.counterfoil.settlement.machine;

import dev.counterfoil.protocol.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a machine signs of a request (SEC-03): five lines with a line feed between them and none behind the last one:
/// method, target as sent with everything behind the question mark, Unix time in seconds, nonce, SHA-256 of the body in
/// small hexadecimal digits. HMAC-SHA256 (RFC 2104). A pure value.
///
/// @param time  as sent
/// @param nonce as sent
/// @param body  not to be changed
public record SignedRequest(String method, String target, String time, String nonce, byte[] body) {

  private static final String ALGORITHM = "HmacSHA256";

  /// The lines that are signed.
  public String text() {
    return String.join("\n", method, target, time, nonce,
        HexFormat.of().formatHex(Sha256.digest(body)));
  }

  /// @param key 32 bytes
  public byte[] signature(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// Whether a signature is this request's; takes as long for a wrong one as for the right one.
  ///
  /// @param shown hexadecimal digits
  public boolean isSignedBy(byte[] key, String shown) {
    byte[] due = HexFormat.of().formatHex(signature(key)).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(due, shown.getBytes(StandardCharsets.UTF_8));
  }
}
