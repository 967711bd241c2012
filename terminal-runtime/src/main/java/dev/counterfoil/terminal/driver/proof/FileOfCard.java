package dev.counterfoil.terminal.driver.proof;

/// Where on a DESFire card the number of its holder's card stands.
///
/// @param application 24 bits
/// @param keyNumber   of the key that authenticates, 0 to 13
/// @param file        0 to 31
/// @param offset      first byte of the number
/// @param length      of the number, 4 to 10
public record FileOfCard(int application, int keyNumber, int file, int offset, int length) {

  byte[] applicationBytes() {
    return threeBytes(application);
  }

  /// File, offset and length, as the command to read wants them.
  byte[] range() {
    var range = new byte[7];
    range[0] = (byte) file;
    System.arraycopy(threeBytes(offset), 0, range, 1, 3);
    System.arraycopy(threeBytes(length), 0, range, 4, 3);
    return range;
  }

  private static byte[] threeBytes(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
  }
}
