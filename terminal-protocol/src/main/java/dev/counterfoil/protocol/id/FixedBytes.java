package dev.counterfoil.protocol.id;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// Reads and writes the fixed-width big-endian numbers that identifiers are made of.
final class FixedBytes {

  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
      ByteOrder.BIG_ENDIAN);
  private static final HexFormat HEX = HexFormat.of();

  private FixedBytes() {}

  static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static void putLong(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  static byte[] pair(long high, long low) {
    byte[] bytes = new byte[16];
    putLong(bytes, 0, high);
    putLong(bytes, 8, low);
    return bytes;
  }

  static void requireLength(String what, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(what + " has " + length + " bytes, found " + bytes.length);
    }
  }

  static String hex(long high, long low) {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  static byte[] parseHex(String what, String text, int length) {
    byte[] bytes = HEX.parseHex(text);
    requireLength(what, bytes, length);
    return bytes;
  }
}
