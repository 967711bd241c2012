package dev.counterfoil.terminal.driver.pn532;

/// Writes frames (UM0701-02 section 6.2.1).
///
/// ```
/// normal     00 00 FF LEN LCS TFI data.. DCS 00              LEN = bytes of TFI + data, 1-255
/// extended   00 00 FF FF FF LENM LENL LCS TFI data.. DCS 00  up to 265 bytes
/// ACK        00 00 FF 00 FF 00
/// NACK       00 00 FF FF 00 00
/// error      00 00 FF 01 FF 7F 81 00
/// ```
/// LEN + LCS, LENM + LENL + LCS and TFI + data + DCS are all 0 modulo 256.
final class Pn532Frames {

  static final int FROM_HOST = 0xD4;
  static final int FROM_CHIP = 0xD5;
  /// TFI and data of the longest frame: 1 + 264.
  static final int MAX_LENGTH = 265;
  static final int MAX_NORMAL_LENGTH = 255;

  private static final int NORMAL_OVERHEAD = 7;
  private static final int EXTENDED_OVERHEAD = 10;

  private Pn532Frames() {}

  static byte[] ack() {
    return new byte[] {0, 0, (byte) 0xFF, 0, (byte) 0xFF, 0};
  }

  static byte[] nack() {
    return new byte[] {0, 0, (byte) 0xFF, (byte) 0xFF, 0, 0};
  }

  /// The frame that carries these data in this direction.
  ///
  /// @param data command or reply code and parameters, 1 to 264 bytes
  static byte[] information(int direction, byte... data) {
    int length = data.length + 1;
    if (data.length == 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a frame carries 1 to 264 bytes, not " + data.length);
    }
    boolean normal = length <= MAX_NORMAL_LENGTH;
    var frame = new byte[data.length + 1 + (normal ? NORMAL_OVERHEAD : EXTENDED_OVERHEAD)];
    frame[2] = (byte) 0xFF;
    int at = normal ? normalHeader(frame, length) : extendedHeader(frame, length);
    frame[at++] = (byte) direction;
    System.arraycopy(data, 0, frame, at, data.length);
    frame[at + data.length] = dataCheckSum(direction, data);
    return frame;
  }

  /// How many bytes the first frame in these takes, from the first byte on to its postamble, as far as its header
  /// tells; all of them when it does not.
  static int lengthOf(byte[] bytes) {
    int at = 0;
    while (at + 1 < bytes.length && !(bytes[at] == 0 && bytes[at + 1] == (byte) 0xFF)) {
      at++;
    }
    int header = at + 2;
    if (header + 2 > bytes.length) {
      return bytes.length;
    }
    int first = bytes[header] & 0xFF;
    int second = bytes[header + 1] & 0xFF;
    if (first == 0 && second == 0xFF || first == 0xFF && second == 0) {
      return Math.min(bytes.length, header + 3);
    }
    return first == 0xFF && second == 0xFF ? extendedLength(bytes, header)
        : bounded(bytes, header + 2, first,
            first + second);
  }

  private static int extendedLength(byte[] bytes, int header) {
    if (header + 5 > bytes.length) {
      return bytes.length;
    }
    int high = bytes[header + 2] & 0xFF;
    int low = bytes[header + 3] & 0xFF;
    return bounded(bytes, header + 5, high << 8 | low, high + low + (bytes[header + 4] & 0xFF));
  }

  /// @param sum 0 modulo 256 where the length is to be believed
  private static int bounded(byte[] bytes, int content, int length, int sum) {
    return (sum & 0xFF) != 0 || length > MAX_LENGTH ? bytes.length : content + length + 2;
  }

  private static int normalHeader(byte[] frame, int length) {
    frame[3] = (byte) length;
    frame[4] = (byte) -length;
    return 5;
  }

  private static int extendedHeader(byte[] frame, int length) {
    frame[3] = (byte) 0xFF;
    frame[4] = (byte) 0xFF;
    frame[5] = (byte) (length >> 8);
    frame[6] = (byte) length;
    frame[7] = (byte) -((length >> 8) + length);
    return 8;
  }

  private static byte dataCheckSum(int direction, byte[] data) {
    int sum = direction;
    for (byte b : data) {
      sum += b;
    }
    return (byte) -sum;
  }
}
