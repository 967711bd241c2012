package dev.counterfoil.protocol.card;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a card is called everywhere beyond the reader: a key id and 16 bytes of HMAC-SHA-256 over the card's identity
/// under the operator-wide card key (architecture decision D13). The raw identity is never stored or sent. Two keys
/// are valid during a rotation, told apart by the id. A token of a bare UID protects against a leak of the server's
/// database only: who knows the card key can try all UIDs.
///
/// @param keyId which card key made it, compared as unsigned
/// @param high first 8 bytes of the HMAC
/// @param low next 8 bytes of the HMAC
public record CardToken(int keyId, long high, long low) {

  /// Length in bytes, as stored and sent.
  public static final int LENGTH = 20;

  private static final byte[] DOMAIN = "counterfoil/card/v1\0".getBytes(StandardCharsets.US_ASCII);

  /// Makes the token of an identity.
  ///
  /// @param key the card key, at least 16 bytes
  /// @param identity UID or authenticated identity, at least 4 bytes
  public static CardToken derive(int keyId, byte[] key, byte[] identity) {
    if (key.length < 16 || identity.length < 4) {
      throw new IllegalArgumentException("card keys have at least 16 bytes, identities at least 4");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(DOMAIN);
      return of(keyId, mac.doFinal(identity));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static CardToken of(int keyId, byte[] mac) {
    byte[] bytes = new byte[LENGTH];
    bytes[0] = (byte) (keyId >>> 24);
    bytes[1] = (byte) (keyId >>> 16);
    bytes[2] = (byte) (keyId >>> 8);
    bytes[3] = (byte) keyId;
    System.arraycopy(mac, 0, bytes, 4, 16);
    return of(bytes);
  }

  /// @throws IllegalArgumentException unless `bytes` has 20 bytes
  public static CardToken of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a card token has 20 bytes, found " + bytes.length);
    }
    var buffer = ByteBuffer.wrap(bytes);
    return new CardToken(buffer.getInt(), buffer.getLong(), buffer.getLong());
  }

  /// @throws IllegalArgumentException unless the text is 40 hexadecimal digits
  public static CardToken parse(String text) {
    return of(HexFormat.of().parseHex(text));
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putInt(keyId).putLong(high).putLong(low).array();
  }

  /// 40 hexadecimal digits, for files and databases. Logs show {@link #toString}.
  public String toHex() {
    return HexFormat.of().formatHex(bytes());
  }

  /// The key id and the first 4 bytes only, enough to tell cards apart in a log.
  @Override
  public String toString() {
    return "card:" + HexFormat.of().formatHex(Arrays.copyOf(bytes(), 8)).substring(4);
  }
}
