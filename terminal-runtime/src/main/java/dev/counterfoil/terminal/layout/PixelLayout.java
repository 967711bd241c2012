package dev.counterfoil.terminal.layout;

import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;

/// Draws a screen's description: rows of [CellLayout], 16 pixels high, or 32 where large.
public final class PixelLayout {

  private final DisplayGeometry cells;
  private final Font font;
  private final CellLayout layout;

  /// @param cells of 8 x 16 pixels each
  public PixelLayout(DisplayGeometry cells, Font font) {
    this.cells = cells;
    this.font = font;
    this.layout = new CellLayout(cells, font, true);
  }

  public Bitmap draw(ScreenText text) {
    var picture = new Bitmap(cells.columns() * Glyph.HALF_WIDTH, cells.rows() * Glyph.HEIGHT);
    int top = 0;
    for (CellLayout.Row row : layout.rows(text)) {
      drawRow(picture, row.text(), top, row.large() ? 2 : 1);
      top += row.height() * Glyph.HEIGHT;
    }
    return picture;
  }

  private void drawRow(Bitmap picture, String text, int top, int scale) {
    int left = 0;
    for (int codePoint : text.codePoints().toArray()) {
      var glyph = font.glyph(codePoint);
      if (glyph.isPresent()) {
        stamp(picture, glyph.get(), left, top, scale);
        left += glyph.get().width() * scale;
      }
    }
  }

  private static void stamp(Bitmap picture, Glyph glyph, int left, int top, int scale) {
    for (int y = 0; y < Glyph.HEIGHT * scale; y++) {
      for (int x = 0; x < glyph.width() * scale; x++) {
        if (glyph.isSet(x / scale, y / scale)) {
          picture.set(left + x, top + y);
        }
      }
    }
  }
}
