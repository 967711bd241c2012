package dev.counterfoil.terminal.device;

import java.util.ArrayList;
import java.util.List;

/// The size of a display in characters.
///
/// @param columns characters per line, 8-40
/// @param rows    lines, 1-4
public record DisplayGeometry(int columns, int rows) {

  /// The two sizes in the shops.
  public static final DisplayGeometry LCD_16X2 = new DisplayGeometry(16, 2);
  public static final DisplayGeometry LCD_20X4 = new DisplayGeometry(20, 4);
  /// A customer's pole display.
  public static final DisplayGeometry POLE_20X2 = new DisplayGeometry(20, 2);
  /// 128 x 64 pixels in half-width cells of 8 x 16; a Chinese character takes two.
  public static final DisplayGeometry PIXELS_128X64 = new DisplayGeometry(16, 4);

  public DisplayGeometry {
    if (columns < 8 || columns > 40 || rows < 1 || rows > 4) {
      throw new IllegalArgumentException("no display has " + columns + " columns and " + rows + " rows");
    }
  }

  /// Exactly [#rows()] lines of exactly [#columns()] characters: too long is cut at the right, too short is
  /// filled with spaces, missing lines are blank, surplus lines are dropped. Counts characters as people do
  /// (code points), so a character beyond the basic plane takes one place.
  public List<String> fit(List<String> lines) {
    var fitted = new ArrayList<String>(rows);
    for (int row = 0; row < rows; row++) {
      fitted.add(fit(row < lines.size() ? lines.get(row) : ""));
    }
    return List.copyOf(fitted);
  }

  private String fit(String line) {
    int length = line.codePointCount(0, line.length());
    return length > columns
        ? line.substring(0, line.offsetByCodePoints(0, columns))
        : line + " ".repeat(columns - length);
  }
}
