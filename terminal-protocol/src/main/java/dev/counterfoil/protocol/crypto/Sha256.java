package dev.counterfoil.protocol.crypto;

import dev.counterfoil.protocol.id.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 by the JDK, which uses the processor's own instructions. An instance is a reusable engine for one
/// thread; the static methods are for everybody.
public final class Sha256 {

  private final MessageDigest engine = newEngine();

  /// The digest of a prefix byte and the whole message, without concatenating them.
  public Hash prefixed(byte prefix, byte[] message) {
    engine.update(prefix);
    engine.update(message);
    return Hash.at(engine.digest(), 0);
  }

  /// The digest of all parts, one after the other.
  public static byte[] digest(byte[]... parts) {
    MessageDigest engine = newEngine();
    for (byte[] part : parts) {
      engine.update(part);
    }
    return engine.digest();
  }

  /// The digest of all parts as a value.
  public static Hash hash(byte[]... parts) {
    return Hash.at(digest(parts), 0);
  }

  private static MessageDigest newEngine() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
