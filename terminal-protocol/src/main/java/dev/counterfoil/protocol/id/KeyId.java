package dev.counterfoil.protocol.id;

import java.util.HexFormat;

/// Names a public signing key: the first 8 bytes of SHA-256 over the algorithm byte and the key. It tells keys
/// apart; it never proves anything, which only the registered key's full bytes do.
public record KeyId(long value) {

  /// Length in bytes, as stored and sent.
  public static final int LENGTH = 8;

  /// @throws IllegalArgumentException unless `bytes` has 8 bytes
  public static KeyId of(byte[] bytes) {
    FixedBytes.requireLength("key id", bytes, LENGTH);
    return new KeyId(FixedBytes.longAt(bytes, 0));
  }

  public byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    FixedBytes.putLong(bytes, 0, value);
    return bytes;
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
