package dev.counterfoil.terminal.device;

import java.util.ArrayList;
import java.util.List;

/// The size of a character display, and the rule by which text is made to fit it.
///
/// @param columns characters per line, 8-40
/// @param rows    lines, 1-4
public record DisplayGeometry(int columns, int rows) {

  /// The two sizes in the shops.
  public static final DisplayGeometry LCD_16X2 = new DisplayGeometry(16, 2);
  public static final DisplayGeometry LCD_20X4 = new DisplayGeometry(20, 4);

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

  /// `left` and `right` on one line, the right one flush with the edge. When both do not fit, the left one is
  /// cut: on a price line the amount is the part that must be seen.
  public String spread(String left, String right) {
    int space = Math.max(0, columns - right.codePointCount(0, right.length()));
    int leftLength = left.codePointCount(0, left.length());
    return leftLength < space
        ? left + " ".repeat(space - leftLength) + right
        : left.substring(0, left.offsetByCodePoints(0, Math.max(0, space - 1))) + (space > 0 ? " " : "")
            + right;
  }
}
