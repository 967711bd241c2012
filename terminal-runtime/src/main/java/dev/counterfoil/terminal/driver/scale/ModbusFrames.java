package dev.counterfoil.terminal.driver.scale;

/// Frames of Modbus RTU ("MODBUS over serial line", V1.02, and "MODBUS application protocol", V1.1b3, sections 6.3, 6.4):
///
/// ```
/// request  unit function addrH addrL countH countL crcL crcH        function 03 holding, 04 input registers
/// reply    unit function bytes (highH lowL)..      crcL crcH
/// refusal  unit function|80 code                   crcL crcH
/// ```
///
/// The CRC has polynomial A001 (reflected 8005), begins at FFFF and is sent low byte first.
final class ModbusFrames {

  static final int REFUSAL_LENGTH = 5;
  private static final int REFUSAL = 0x80;
  private static final int POLYNOMIAL = 0xA001;
  private static final int HEADER = 3;
  private static final int CRC = 2;

  private ModbusFrames() {}

  /// What came back.
  sealed interface Reply {

    /// @param words the registers' values, 0-65535 each
    record Registers(int[] words) implements Reply {}

    /// @param code why the device refuses, 1-255
    record Refused(int code) implements Reply {}

    /// Not a good reply to this request, or not all of it yet.
    record Unusable() implements Reply {}
  }

  /// Asks for registers.
  static byte[] request(int unit, int function, int register, int count) {
    var frame = new byte[] {(byte) unit, (byte) function, (byte) (register >> 8), (byte) register,
        (byte) (count >> 8), (byte) count, 0, 0};
    int crc = crc(frame, frame.length - CRC);
    frame[frame.length - 2] = (byte) crc;
    frame[frame.length - 1] = (byte) (crc >> 8);
    return frame;
  }

  static int replyLength(int count) {
    return HEADER + 2 * count + CRC;
  }

  /// Reads a reply; every field must be the one that this request calls for.
  static Reply reply(byte[] bytes, int unit, int function, int count) {
    if (bytes.length == REFUSAL_LENGTH && isGood(bytes) && octet(bytes, 0) == unit
        && octet(bytes, 1) == (function | REFUSAL)) {
      return new Reply.Refused(octet(bytes, 2));
    }
    if (bytes.length != replyLength(count) || !isGood(bytes) || octet(bytes, 0) != unit
        || octet(bytes, 1) != function || octet(bytes, 2) != 2 * count) {
      return new Reply.Unusable();
    }
    var words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = octet(bytes, HEADER + 2 * i) << 8 | octet(bytes, HEADER + 2 * i + 1);
    }
    return new Reply.Registers(words);
  }

  private static boolean isGood(byte[] bytes) {
    int end = bytes.length - CRC;
    return crc(bytes, end) == (octet(bytes, end) | octet(bytes, end + 1) << 8);
  }

  private static int crc(byte[] bytes, int to) {
    int crc = 0xFFFF;
    for (int at = 0; at < to; at++) {
      crc ^= bytes[at] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
      }
    }
    return crc;
  }

  private static int octet(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }
}
