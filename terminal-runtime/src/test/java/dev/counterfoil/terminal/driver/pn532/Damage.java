package dev.counterfoil.terminal.driver.pn532;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/// What a bad cable does to a share of the frames, seeded, and how often it did.
final class Damage implements UnaryOperator<byte[]> {

  /// One byte is changed, lost or comes in that nobody sent.
  enum Kind {
    ONE_BYTE,
    /// Two to six bytes get another value, wherever they stand.
    SEVERAL_BYTES
  }

  private final Random random;
  private final double share;
  private final Kind kind;
  private long hits;

  Damage(Random random, double share, Kind kind) {
    this.random = random;
    this.share = share;
    this.kind = kind;
  }

  long hits() {
    return hits;
  }

  @Override
  public byte[] apply(byte[] frame) {
    if (random.nextDouble() >= share) {
      return frame;
    }
    hits++;
    return switch (kind) {
      case ONE_BYTE -> one(frame, random.nextInt(frame.length));
      case SEVERAL_BYTES -> several(frame, 0, frame.length);
    };
  }

  private byte[] one(byte[] frame, int at) {
    return switch (random.nextInt(3)) {
      case 0 -> changed(frame, at);
      case 1 -> without(frame, at);
      default -> with(frame, at, (byte) random.nextInt(256));
    };
  }

  /// Other values for two to six bytes from `from` (inclusive) to `to` (exclusive).
  byte[] several(byte[] frame, int from, int to) {
    var bytes = frame;
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      bytes = changed(bytes, from + random.nextInt(to - from));
    }
    return bytes;
  }

  private byte[] changed(byte[] frame, int at) {
    var bytes = frame.clone();
    bytes[at] += (byte) (1 + random.nextInt(255));
    return bytes;
  }

  private static byte[] without(byte[] frame, int at) {
    var bytes = Arrays.copyOf(frame, frame.length - 1);
    System.arraycopy(frame, at + 1, bytes, at, bytes.length - at);
    return bytes;
  }

  private static byte[] with(byte[] frame, int at, byte extra) {
    var bytes = Arrays.copyOf(frame, frame.length + 1);
    bytes[at] = extra;
    System.arraycopy(frame, at, bytes, at + 1, frame.length - at);
    return bytes;
  }
}
