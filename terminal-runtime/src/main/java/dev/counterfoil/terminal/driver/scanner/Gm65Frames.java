package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.driver.scanner.ScannerTalk.Found;
import java.util.Arrays;
import java.util.Optional;

/// The frames of the Grow GM65 family (GM65, GM805, GM812 manuals, "Serial commands"):
///
/// ```
/// command  7E 00  type len addrH addrL data..  crcH crcL     type 07 read, 08 write, 09 save to flash
/// answer   02 00  state len data..             crcH crcL     state 00 done
/// ```
///
/// The CRC is CRC-CCITT (polynomial 1021, begins at 0) over everything between the first two bytes and itself. `AB CD` in
/// its place means "not checked"; this driver always sends the real one and takes no answer without it.
final class Gm65Frames {

  static final int READ = 0x07;
  static final int WRITE = 0x08;

  private static final int POLYNOMIAL = 0x1021;
  private static final int HEADER = 4;
  private static final int CRC = 2;
  private static final int LONGEST_ANSWER = 32;

  private Gm65Frames() {}

  /// A command with one byte of data: how many bytes to read, or what to write.
  static byte[] command(int type, int address, int data) {
    var frame = new byte[] {0x7E, 0x00, (byte) type, 1, (byte) (address >> 8), (byte) address, (byte) data, 0,
        0};
    int crc = crc(frame, 2, frame.length - CRC);
    frame[frame.length - 2] = (byte) (crc >> 8);
    frame[frame.length - 1] = (byte) crc;
    return frame;
  }

  /// The first good answer of this many bytes of data; what only looks like one is passed over.
  static Optional<Found> answer(byte[] bytes, int dataLength) {
    int length = HEADER + dataLength + CRC;
    for (int from = 0; from + length <= bytes.length; from++) {
      if (bytes[from] == 0x02 && bytes[from + 1] == 0 && bytes[from + 2] == 0 && bytes[from + 3] == dataLength
          && dataLength <= LONGEST_ANSWER
          && crc(bytes, from + 2, from + length - CRC) == word(bytes, from + length - CRC)) {
        return Optional.of(new Found(from, from + length,
            Arrays.copyOfRange(bytes, from + HEADER, from + HEADER + dataLength)));
      }
    }
    return Optional.empty();
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  private static int crc(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int at = from; at < to; at++) {
      crc ^= (bytes[at] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
    }
    return crc & 0xFFFF;
  }
}
