package dev.counterfoil.protocol.id;

import java.util.random.RandomGenerator;

/// Names one purchase attempt: the same in Authorize, the hold, SALE and DECLINE, and so the idempotency key of the
/// whole purchase (PAY-17). A UUID version 7, so ids of one terminal rise with time.
public record TransactionId(long high, long low) implements Comparable<TransactionId> {

  /// Length in bytes, as stored and sent.
  public static final int LENGTH = 16;

  /// Draws an id.
  ///
  /// @param epochMillis Unix time in milliseconds; only its low 48 bits are used, and nothing orders by it
  /// @param random source of the 74 random bits; a weak source makes ids of two terminals collide
  public static TransactionId draw(long epochMillis, RandomGenerator random) {
    long high = epochMillis << 16 | 0x7000L | random.nextLong() & 0x0fffL;
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new TransactionId(high, low);
  }

  /// @throws IllegalArgumentException unless `bytes` has 16 bytes; the array is copied
  public static TransactionId of(byte[] bytes) {
    FixedBytes.requireLength("transaction id", bytes, LENGTH);
    return new TransactionId(FixedBytes.longAt(bytes, 0), FixedBytes.longAt(bytes, 8));
  }

  /// Reads 16 bytes at `offset`.
  public static TransactionId at(byte[] bytes, int offset) {
    return new TransactionId(FixedBytes.longAt(bytes, offset), FixedBytes.longAt(bytes, offset + 8));
  }

  /// @throws IllegalArgumentException unless the text is 32 hexadecimal digits
  public static TransactionId parse(String text) {
    return of(FixedBytes.parseHex("transaction id", text, LENGTH));
  }

  public byte[] bytes() {
    return FixedBytes.pair(high, low);
  }

  @Override
  public int compareTo(TransactionId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /// 32 lower-case hexadecimal digits.
  @Override
  public String toString() {
    return FixedBytes.hex(high, low);
  }
}
