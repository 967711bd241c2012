package dev.counterfoil.terminal.layout;

import java.util.Arrays;

/// The picture of one character: 16 rows of 8 or 16 pixels.
///
/// Arrays are copied in; equality is by picture.
///
/// @param width pixels in a row, 8 or 16
/// @param rows  from the top; the leftmost pixel is the highest of `width` bits
public record Glyph(int width, int[] rows) {

  public static final int HEIGHT = 16;
  public static final int HALF_WIDTH = 8;

  public Glyph {
    if (width != HALF_WIDTH && width != 2 * HALF_WIDTH || rows.length != HEIGHT) {
      throw new IllegalArgumentException(
          "a glyph has 16 rows of 8 or 16 pixels, not " + rows.length + " of " + width);
    }
    rows = rows.clone();
  }

  @Override
  public int[] rows() {
    return rows.clone();
  }

  /// Cells of 8 x 16 that it takes.
  public int columns() {
    return width / HALF_WIDTH;
  }

  boolean isSet(int x, int y) {
    return (rows[y] >> width - 1 - x & 1) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glyph that && width == that.width && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }
}
