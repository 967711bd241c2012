package dev.counterfoil.terminal.driver.keypad;

import java.util.Optional;

/// Turns the bytes of a serial keypad into keys. Pure but for what it remembers: the byte before.
///
/// The line has no checksum and a key is one byte, so nothing can prove that a key was meant; what can be done is done:
/// a byte that belongs to no key is ignored, and the same byte again within the repeat time is the bounce of a contact,
/// not a second press.
final class KeyBytes {

  private final SerialKeypadSettings settings;
  private int before = -1;
  private long beforeMillis;

  KeyBytes(SerialKeypadSettings settings) {
    this.settings = settings;
  }

  /// What one byte is.
  sealed interface Heard {

    record Key(char key) implements Heard {}

    /// The end that some keypads send behind each key, or a repetition.
    record Nothing() implements Heard {}

    /// A byte that belongs to no key.
    record Garbage() implements Heard {}
  }

  /// @param now when it came
  Heard heard(byte each, long now) {
    int value = each & 0xFF;
    Optional<Character> key = settings.key((char) value);
    if (key.isEmpty()) {
      return value == '\r' || value == '\n' ? new Heard.Nothing() : new Heard.Garbage();
    }
    boolean again = value == before && now - beforeMillis < settings.repeatMillis();
    before = value;
    beforeMillis = now;
    return again ? new Heard.Nothing() : new Heard.Key(key.get());
  }
}
