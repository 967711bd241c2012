package dev.counterfoil.terminal.driver.keypad;

/// What is printed on the keys, row by row.
///
/// @param legend as `123A/456B/789C/*0#D`: four rows of four characters, slashes between
public record KeypadLayout(String legend) {

  static final int ROWS = 4;
  static final int COLUMNS = 4;

  /// The keypads in the shops.
  public static final KeypadLayout TELEPHONE_WITH_LETTERS = new KeypadLayout("123A/456B/789C/*0#D");

  private static final String FORM = ".{4}/.{4}/.{4}/.{4}";

  public KeypadLayout {
    if (!legend.matches(FORM)) {
      throw new IllegalArgumentException(
          "keypad layout must be four rows of four, as " + "123A/456B/789C/*0#D"
              + ", found " + legend);
    }
  }

  /// The key at this place, counted from 0.
  char key(int row, int column) {
    return legend.charAt(row * (COLUMNS + 1) + column);
  }
}
