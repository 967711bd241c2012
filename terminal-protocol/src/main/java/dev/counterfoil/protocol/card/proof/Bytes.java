package dev.counterfoil.protocol.card.proof;

import java.io.ByteArrayOutputStream;

/// Byte strings put together as the cards' documents write them.
final class Bytes {

  private Bytes() {}

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] littleEndian(int value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }

  /// The first byte goes to the end.
  static byte[] rotatedLeft(byte[] bytes) {
    byte[] rotated = new byte[bytes.length];
    System.arraycopy(bytes, 1, rotated, 0, bytes.length - 1);
    rotated[bytes.length - 1] = bytes[0];
    return rotated;
  }
}
