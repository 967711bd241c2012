package dev.counterfoil.terminal.driver.keypad;

import java.util.Optional;

/// What a serial keypad sends and what its keys mean.
///
/// @param sends        the character that each key sends, one for each of `means`, all different
/// @param means        the keys as the terminal knows them: digits, `*`, `#`, `A` to `D`
/// @param repeatMillis the same character again within this time is a bounce, 0-1000
public record SerialKeypadSettings(String sends, String means, long repeatMillis) {

  /// A keypad that sends what is printed on its keys.
  public static final String STANDARD = "0123456789*#ABCD";
  public static final long DEFAULT_REPEAT_MILLIS = 60;

  public SerialKeypadSettings {
    if (sends.isEmpty() || sends.length() != means.length()) {
      throw new IllegalArgumentException("sends and means must be of one length, found " + sends.length()
          + " and " + means.length());
    }
    if (sends.chars().distinct().count() != sends.length()) {
      throw new IllegalArgumentException("sends must have each character once");
    }
    if (!means.chars().allMatch(key -> STANDARD.indexOf(key) >= 0)) {
      throw new IllegalArgumentException("means may have " + STANDARD + " only");
    }
    if (repeatMillis < 0 || repeatMillis > 1_000) {
      throw new IllegalArgumentException("repeatMillis must be 0 to 1000, found " + repeatMillis);
    }
  }

  /// A keypad as it comes.
  public static SerialKeypadSettings defaults() {
    return new SerialKeypadSettings(STANDARD, STANDARD, DEFAULT_REPEAT_MILLIS);
  }

  Optional<Character> key(char sent) {
    int at = sends.indexOf(sent);
    return at < 0 ? Optional.empty() : Optional.of(means.charAt(at));
  }
}
