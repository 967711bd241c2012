package dev.counterfoil.protocol.id;

/// Names one run of a terminal's program. Drawn anew at every start; a second boot id under one certificate is how a clone
/// shows itself.
public record BootId(long high, long low) implements Comparable<BootId> {

  /// Length in bytes, as stored and sent.
  public static final int LENGTH = 16;

  /// @throws IllegalArgumentException unless `bytes` has 16 bytes; the array is copied
  public static BootId of(byte[] bytes) {
    FixedBytes.requireLength("boot id", bytes, LENGTH);
    return new BootId(FixedBytes.longAt(bytes, 0), FixedBytes.longAt(bytes, 8));
  }

  /// Reads 16 bytes at `offset`.
  public static BootId at(byte[] bytes, int offset) {
    return new BootId(FixedBytes.longAt(bytes, offset), FixedBytes.longAt(bytes, offset + 8));
  }

  /// @throws IllegalArgumentException unless the text is 32 hexadecimal digits
  public static BootId parse(String text) {
    return of(FixedBytes.parseHex("boot id", text, LENGTH));
  }

  public byte[] bytes() {
    return FixedBytes.pair(high, low);
  }

  @Override
  public int compareTo(BootId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /// 32 lower-case hexadecimal digits.
  @Override
  public String toString() {
    return FixedBytes.hex(high, low);
  }
}
