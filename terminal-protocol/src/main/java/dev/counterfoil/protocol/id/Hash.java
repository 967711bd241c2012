package dev.counterfoil.protocol.id;

/// A SHA-256 digest as a value.
public record Hash(long a, long b, long c, long d) {

  /// Length in bytes, as stored and sent.
  public static final int LENGTH = 32;

  public static final Hash ZERO = new Hash(0, 0, 0, 0);

  /// @throws IllegalArgumentException unless `bytes` has 32 bytes
  public static Hash of(byte[] bytes) {
    FixedBytes.requireLength("hash", bytes, LENGTH);
    return at(bytes, 0);
  }

  /// Reads 32 bytes at `offset`.
  public static Hash at(byte[] bytes, int offset) {
    return new Hash(FixedBytes.longAt(bytes, offset), FixedBytes.longAt(bytes, offset + 8),
        FixedBytes.longAt(bytes, offset + 16), FixedBytes.longAt(bytes, offset + 24));
  }

  /// @throws IllegalArgumentException unless the text is 64 hexadecimal digits
  public static Hash parse(String text) {
    return of(FixedBytes.parseHex("hash", text, LENGTH));
  }

  public byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    writeTo(bytes, 0);
    return bytes;
  }

  /// Writes 32 bytes at `offset`.
  public void writeTo(byte[] target, int offset) {
    FixedBytes.putLong(target, offset, a);
    FixedBytes.putLong(target, offset + 8, b);
    FixedBytes.putLong(target, offset + 16, c);
    FixedBytes.putLong(target, offset + 24, d);
  }

  /// 64 lower-case hexadecimal digits.
  @Override
  public String toString() {
    return FixedBytes.hex(a, b) + FixedBytes.hex(c, d);
  }
}
