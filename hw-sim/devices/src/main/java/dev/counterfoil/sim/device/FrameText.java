package dev.counterfoil.sim.device;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/// Puts PN532 bytes into words for people: `-> InListPassiveTarget 01 00`, `<- ACK`.
///
/// A decoder of its own, one per direction, that shows what it cannot name as bytes. Not thread-safe.
public final class FrameText {
  private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(0x00, "Diagnose"),
      Map.entry(0x02, "GetFirmwareVersion"), Map.entry(0x04, "GetGeneralStatus"),
      Map.entry(0x06, "ReadRegister"), Map.entry(0x08, "WriteRegister"), Map.entry(0x0C, "ReadGPIO"),
      Map.entry(0x0E, "WriteGPIO"), Map.entry(0x10, "SetSerialBaudRate"), Map.entry(0x12, "SetParameters"),
      Map.entry(0x14, "SAMConfiguration"), Map.entry(0x16, "PowerDown"), Map.entry(0x32, "RFConfiguration"),
      Map.entry(0x40, "InDataExchange"), Map.entry(0x42, "InCommunicateThru"), Map.entry(0x44, "InDeselect"),
      Map.entry(0x4A, "InListPassiveTarget"), Map.entry(0x52, "InRelease"), Map.entry(0x54, "InSelect"),
      Map.entry(0x60, "InAutoPoll"));
  private static final int AUTHENTICATION_LENGTH = 15;
  private static final int LONGEST_UNNAMED = 512;

  private final String arrow;
  private byte[] held = new byte[0];

  /// @param toHost what the chip says, not what the host says
  public FrameText(boolean toHost) {
    arrow = toHost ? "<- " : "-> ";
  }

  /// The lines to print for these bytes; empty while a frame is incomplete.
  public String describe(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(held);
    all.writeBytes(bytes);
    held = all.toByteArray();
    StringBuilder lines = new StringBuilder();
    while (true) {
      int start = startCode();
      int length = start < 0 ? 0 : frameLength(start);
      if (length == 0) {
        break;
      }
      unnamed(start, lines);
      lines.append(arrow).append(frame(start, length)).append('\n');
      held = Arrays.copyOfRange(held, Math.min(held.length, start + length), held.length);
    }
    if (held.length > LONGEST_UNNAMED) {
      unnamed(held.length, lines);
      held = new byte[0];
    }
    return lines.toString();
  }

  private int startCode() {
    for (int i = 0; i + 3 < held.length; i++) {
      if (held[i] == 0 && held[i + 1] == (byte) 0xFF) {
        return i;
      }
    }
    return -1;
  }

  /// Bytes from the start code to the checksum; 0 while they have not all come.
  private int frameLength(int start) {
    int length = at(start + 2);
    int check = at(start + 3);
    if (length + check == 0xFF && (length == 0 || check == 0)) {
      return 4;
    }
    boolean extended = length == 0xFF && check == 0xFF;
    if (extended && held.length < start + 7) {
      return 0;
    }
    int total = extended ? 8 + (at(start + 4) << 8 | at(start + 5)) : 5 + length;
    return held.length < start + total ? 0 : total;
  }

  private void unnamed(int until, StringBuilder lines) {
    int first = 0;
    while (first < until && (held[first] == 0x00 || held[first] == 0x55)) {
      first++;
    }
    if (first > 0 && held[0] == 0x55) {
      lines.append(arrow).append("wake-up\n");
    }
    int last = until;
    while (last > first && held[last - 1] == 0x00) {
      last--;
    }
    if (first < last) {
      lines.append(arrow).append("? ").append(hex(first, last)).append('\n');
    }
  }

  private String frame(int start, int length) {
    if (length == 4) {
      return at(start + 2) == 0 ? "ACK" : "NACK";
    }
    int body = start + (at(start + 2) == 0xFF && at(start + 3) == 0xFF ? 7 : 4);
    int end = start + length - 1;
    if (end - body == 1) {
      return "error " + hex(body, end);
    }
    int code = at(body + 1);
    String name = NAMES.getOrDefault(at(body) == 0xD5 ? code - 1 : code, "command %02X".formatted(code));
    return name + (end > body + 2 ? " " + parameters(body + 2, end, code) : "");
  }

  /// Keys are secrets even on a simulated wire: the trace may end in a bug report.
  private String parameters(int from, int until, int code) {
    boolean authentication = code == 0x40 && until - from == AUTHENTICATION_LENGTH - 2
        && (at(from + 1) & 0xFE) == 0x60;
    return authentication ? hex(from, from + 3) + " key hidden " + hex(from + 9, until) : hex(from, until);
  }

  private String hex(int from, int until) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(held, from, until);
  }

  private int at(int index) {
    return held[index] & 0xFF;
  }
}
