package dev.counterfoil.terminal.driver.keypad;

/// The keypad's legend and times.
///
/// @param layout         what is printed on the keys
/// @param debounceMillis how long the contacts must be steady, 5-100
/// @param stuckMillis    how long a key may be down before it counts as jammed, 5000-600000
public record KeypadSettings(KeypadLayout layout, long debounceMillis, long stuckMillis) {

  /// What fits membrane and rubber keypads alike.
  public static KeypadSettings defaults() {
    return new KeypadSettings(KeypadLayout.TELEPHONE_WITH_LETTERS, 15, 60_000);
  }

  public KeypadSettings {
    if (debounceMillis < 5 || debounceMillis > 100) {
      throw new IllegalArgumentException("debounceMillis must be 5 to 100, found " + debounceMillis);
    }
    if (stuckMillis < 5_000 || stuckMillis > 600_000) {
      throw new IllegalArgumentException("stuckMillis must be 5000 to 600000, found " + stuckMillis);
    }
  }
}
