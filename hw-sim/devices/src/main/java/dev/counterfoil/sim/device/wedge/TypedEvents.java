package dev.counterfoil.sim.device.wedge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// What the kernel makes of a text typed on a US keyboard: `struct input_event` of 64-bit Linux, 24 bytes each, as
/// `linux/input-event-codes.h` numbers the keys. Each key goes down and up, each change ends with a report; capital letters
/// have the left shift around them. Pure but for the time, which counts on by a millisecond an event.
public final class TypedEvents {

  private static final int SYN = 0;
  private static final int KEY = 1;
  private static final int SHIFT = 42;
  private static final int ENTER = 28;
  private static final Map<Character, Integer> DIGITS = Map.of('1', 2, '2', 3, '3', 4, '4', 5, '5', 6, '6', 7,
      '7', 8, '8', 9, '9', 10, '0', 11);
  private static final Map<Character, Integer> SIGNS = Map.of('-', 12, '=', 13, '.', 52, '/', 53, ' ', 57,
      ';', 39);
  private static final String[] LETTERS = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  private static final int[] FIRST_OF_ROW = {16, 30, 44};

  private long micros = 1_000_000;

  /// A text and ENTER.
  public byte[] line(String text) {
    return with(text, ENTER);
  }

  /// A text whose ENTER never comes.
  public byte[] broken(String text) {
    return with(text, 0);
  }

  /// The kernel's word that it dropped events.
  public byte[] dropped() {
    return event(SYN, 3, 0);
  }

  private byte[] with(String text, int last) {
    var all = new ByteArrayOutputStream();
    for (char letter : text.toCharArray()) {
      boolean capital = Character.isUpperCase(letter) || letter == '_';
      if (capital) {
        change(all, SHIFT, 1);
      }
      press(all, code(letter == '_' ? '-' : Character.toLowerCase(letter)));
      if (capital) {
        change(all, SHIFT, 0);
      }
    }
    if (last != 0) {
      press(all, last);
    }
    return all.toByteArray();
  }

  private static int code(char letter) {
    int sign = DIGITS.getOrDefault(letter, SIGNS.getOrDefault(letter, 0));
    if (sign > 0) {
      return sign;
    }
    for (int row = 0; row < LETTERS.length; row++) {
      int at = LETTERS[row].indexOf(letter);
      if (at >= 0) {
        return FIRST_OF_ROW[row] + at;
      }
    }
    throw new IllegalArgumentException("no key for '" + letter + "'");
  }

  private void press(ByteArrayOutputStream all, int code) {
    change(all, code, 1);
    change(all, code, 0);
  }

  private void change(ByteArrayOutputStream all, int code, int value) {
    all.writeBytes(event(KEY, code, value));
    all.writeBytes(event(SYN, 0, 0));
  }

  private byte[] event(int type, int code, int value) {
    micros += 1_000;
    return ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(micros / 1_000_000)
        .putLong(micros % 1_000_000).putShort((short) type).putShort((short) code).putInt(value).array();
  }
}
