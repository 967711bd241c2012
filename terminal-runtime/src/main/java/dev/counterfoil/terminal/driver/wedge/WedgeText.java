package dev.counterfoil.terminal.driver.wedge;

import java.util.Optional;

/// Turns key events of a US keyboard into texts (codes: linux/input-event-codes.h). Pure but for the text it collects.
///
/// A text is everything pressed before ENTER. When the kernel says that it dropped events, the text that was being typed is
/// damaged whatever else comes, because a number without one of its digits is another number.
final class WedgeText {

  /// What was typed before one ENTER.
  sealed interface Typed {

    record Text(String text) implements Typed {}

    /// Something is missing, or a key that means no character was among it.
    record Damaged(String reason) implements Typed {}
  }

  private static final int SYNCHRONISE = 0;
  private static final int DROPPED = 3;
  private static final int KEY = 1;
  private static final int RELEASED = 0;
  private static final int PRESSED = 1;
  private static final int ENTER = 28;
  private static final int KEYPAD_ENTER = 96;
  private static final int LEFT_SHIFT = 42;
  private static final int RIGHT_SHIFT = 54;
  private static final int LONGEST = 512;

  /// By code, from 2 on; a space is a key without a character here.
  private static final String PLAIN = "1234567890-=  qwertyuiop[]  asdfghjkl;'` \\zxcvbnm,./";
  private static final String SHIFTED = "!@#$%^&*()_+  QWERTYUIOP{}  ASDFGHJKL:\"~ |ZXCVBNM<>?";
  private static final int FIRST_CODE = 2;
  private static final int SPACE_BAR = 57;
  /// Numeric keypad, codes 71 to 83.
  private static final String KEYPAD = "789-456+1230.";
  private static final int FIRST_KEYPAD_CODE = 71;

  private final StringBuilder text = new StringBuilder();
  private String damage = "";
  private boolean leftShift;
  private boolean rightShift;

  /// One event of the kernel.
  ///
  /// @return what was typed, if this event ends it
  Optional<Typed> event(int type, int code, int value) {
    if (type == SYNCHRONISE && code == DROPPED) {
      damage = "the kernel dropped events";
      leftShift = false;
      rightShift = false;
    }
    if (type != KEY) {
      return Optional.empty();
    }
    if (code == LEFT_SHIFT) {
      leftShift = value != RELEASED;
    } else if (code == RIGHT_SHIFT) {
      rightShift = value != RELEASED;
    } else if (value == PRESSED) {
      return pressed(code);
    }
    return Optional.empty();
  }

  private Optional<Typed> pressed(int code) {
    if (code == ENTER || code == KEYPAD_ENTER) {
      return end();
    }
    int character = character(code);
    if (character < 0) {
      damage = "key " + code + " means no character";
    } else if (text.length() == LONGEST) {
      damage = "longer than " + LONGEST;
    } else {
      text.append((char) character);
    }
    return Optional.empty();
  }

  private int character(int code) {
    if (code == SPACE_BAR) {
      return ' ';
    }
    int keypad = code - FIRST_KEYPAD_CODE;
    if (keypad >= 0 && keypad < KEYPAD.length()) {
      return KEYPAD.charAt(keypad);
    }
    int at = code - FIRST_CODE;
    String row = leftShift || rightShift ? SHIFTED : PLAIN;
    return at < 0 || at >= row.length() || row.charAt(at) == ' ' ? -1 : row.charAt(at);
  }

  /// Whether a text has begun.
  boolean isMidText() {
    return !text.isEmpty() || !damage.isEmpty();
  }

  /// ENTER does not come any more.
  Optional<Typed> brokenOff() {
    damage = "no ENTER came";
    return end();
  }

  private Optional<Typed> end() {
    boolean nothing = !isMidText();
    Typed typed = damage.isEmpty() ? new Typed.Text(text.toString()) : new Typed.Damaged(damage);
    text.setLength(0);
    damage = "";
    return nothing ? Optional.empty() : Optional.of(typed);
  }
}
