package dev.counterfoil.terminal.driver.wedge;

/// What a device types that pretends to be a keyboard.
///
/// @param content      what it is
/// @param repeatMillis the same card again within this time is one presentation, 200-10000
public record WedgeSettings(Content content, long repeatMillis) {

  public static final long DEFAULT_REPEAT_MILLIS = 1_500;

  /// A text whose ENTER does not come is none.
  static final long BROKEN_OFF_MILLIS = 1_000;

  /// What is typed before ENTER. Lengths are exact: there is no checksum in it, so a number of another length is none.
  public enum Content {
    /// Codes, as a scanner does.
    CODE,
    /// 10 decimal digits, a UID of four bytes.
    DECIMAL10,
    /// 8 decimal digits, three of the facility and five of the card, as by Wiegand 26.
    DECIMAL8,
    /// 8 hexadecimal digits, a UID of four bytes.
    HEX8,
    /// 14 hexadecimal digits, a UID of seven bytes.
    HEX14
  }

  public WedgeSettings {
    if (repeatMillis < 200 || repeatMillis > 10_000) {
      throw new IllegalArgumentException("repeatMillis must be 200 to 10000, found " + repeatMillis);
    }
  }
}
