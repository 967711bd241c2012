package dev.counterfoil.terminal.driver.wiegand;

/// A reader on two Wiegand wires.
///
/// @param zero         BCM number of D0
/// @param one          BCM number of D1
/// @param bits         26 or 34; a reader sends one of the two, and a frame of another length is none
/// @param reversed     34 bits only: the reader sends the last byte of the UID first
/// @param gapMillis    a silence this long ends a frame, 5-500
/// @param repeatMillis how long the same number must not come to count as presented again, 200-10000
public record WiegandSettings(int zero, int one, int bits, boolean reversed, long gapMillis,
    long repeatMillis) {

  public static final long DEFAULT_GAP_MILLIS = 50;
  public static final long DEFAULT_REPEAT_MILLIS = 1_500;

  public WiegandSettings {
    if (bits != 26 && bits != 34) {
      throw new IllegalArgumentException("bits must be 26 or 34, found " + bits);
    }
    if (gapMillis < 5 || gapMillis > 500) {
      throw new IllegalArgumentException("gapMillis must be 5 to 500, found " + gapMillis);
    }
    if (repeatMillis < 200 || repeatMillis > 10_000) {
      throw new IllegalArgumentException("repeatMillis must be 200 to 10000, found " + repeatMillis);
    }
  }
}
