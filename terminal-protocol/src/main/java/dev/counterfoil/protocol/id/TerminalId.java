package dev.counterfoil.protocol.id;

/// Names one enrolled terminal for ever, over all its keys, boards and epochs. The same bytes stand in every record and,
/// as hexadecimal, in the common name of the client certificate.
public record TerminalId(long high, long low) implements Comparable<TerminalId> {

  /// Length in bytes, as stored and sent.
  public static final int LENGTH = 16;

  /// @throws IllegalArgumentException unless `bytes` has 16 bytes; the array is copied
  public static TerminalId of(byte[] bytes) {
    FixedBytes.requireLength("terminal id", bytes, LENGTH);
    return new TerminalId(FixedBytes.longAt(bytes, 0), FixedBytes.longAt(bytes, 8));
  }

  /// Reads 16 bytes at `offset`.
  public static TerminalId at(byte[] bytes, int offset) {
    return new TerminalId(FixedBytes.longAt(bytes, offset), FixedBytes.longAt(bytes, offset + 8));
  }

  /// @throws IllegalArgumentException unless the text is 32 hexadecimal digits
  public static TerminalId parse(String text) {
    return of(FixedBytes.parseHex("terminal id", text, LENGTH));
  }

  public byte[] bytes() {
    return FixedBytes.pair(high, low);
  }

  @Override
  public int compareTo(TerminalId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /// 32 lower-case hexadecimal digits.
  @Override
  public String toString() {
    return FixedBytes.hex(high, low);
  }
}
