package dev.counterfoil.sim.virtual.device;

/// Puts the bytes for an HD44780 behind a PCF8574 into words: `go to 40, "5.00"`. Not thread-safe.
final class ExpanderText {

  private static final int RS = 0x01;
  private static final int E = 0x04;
  private static final int SET_ADDRESS = 0x80;
  private static final int EIGHT_BITS = 0x30;
  private static final int FOUR_BITS = 0x20;

  private int pins;
  private int high = -1;
  /// Until it is told otherwise, and after each new beginning, a controller takes four wires for eight.
  private boolean wholeBytes = true;

  /// The words for one transfer.
  String describe(byte[] transfer) {
    var text = new StringBuilder();
    for (byte value : transfer) {
      int next = value & 0xFF;
      if ((pins & E) != 0 && (next & E) == 0) {
        latch(pins >> 4, (pins & RS) != 0, text);
      }
      pins = next;
    }
    return text.toString().replace("\"\"", "");
  }

  private void latch(int nibble, boolean data, StringBuilder text) {
    if (wholeBytes) {
      wholeBytes = nibble << 4 != FOUR_BITS;
      say(text, "set up " + Integer.toHexString(nibble));
      return;
    }
    if (high < 0) {
      high = nibble;
      return;
    }
    int octet = high << 4 | nibble;
    high = -1;
    wholeBytes = !data && (octet & 0xF0) == EIGHT_BITS;
    say(text, data ? character(octet) : command(octet));
  }

  private static void say(StringBuilder text, String words) {
    if (!text.isEmpty()) {
      text.append(words.startsWith("\"") && text.charAt(text.length() - 1) == '"' ? "" : " ");
    }
    text.append(words);
  }

  private static String character(int code) {
    return code >= ' ' && code <= '~' ? "\"" + (char) code + "\"" : "[%02X]".formatted(code);
  }

  private static String command(int octet) {
    if (octet >= SET_ADDRESS) {
      return "go to %02X".formatted(octet - SET_ADDRESS);
    }
    return octet == 1 ? "clear" : "command %02X".formatted(octet);
  }
}
