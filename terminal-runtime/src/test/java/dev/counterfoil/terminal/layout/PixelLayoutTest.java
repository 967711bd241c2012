package dev.counterfoil.terminal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PixelLayoutTest {

  private static final DisplayGeometry CELLS = DisplayGeometry.PIXELS_128X64;

  @Test
  void aGlyphStandsWhereItsRowAndColumnSay() {
    var picture = new PixelLayout(CELLS, dots()).draw(ScreenText.plain("", " A"));

    assertThat(lit(picture)).containsExactly("8,16");
  }

  @Test
  void aLargeGlyphHasFourTimesThePixels() {
    var picture = new PixelLayout(CELLS, dots())
        .draw(new ScreenText(List.of(new Line("", "", "A", true))));

    assertThat(lit(picture)).containsExactly("112,0", "113,0", "112,1", "113,1");
  }

  @Test
  void aWideGlyphTakesTwoColumns() {
    var picture = new PixelLayout(CELLS, dots()).draw(new ScreenText(List.of(new Line("中A", "", "", false))));

    assertThat(lit(picture)).containsExactly("16,0", "15,15");
  }

  @Test
  void withoutAnyFontFilePlainCapitalsAreLegible() {
    var picture = new PixelLayout(CELLS, PlainFont.INSTANCE)
        .draw(new ScreenText(List.of(new Line("余额", "Bal", "7", false))));

    assertThat(rows(picture, 0, 24)).containsExactly(
        "........................",
        "####.....###....#.......", "####.....###....#.......",
        "#...#...#...#...#.......", "#...#...#...#...#.......",
        "#...#...#...#...#.......", "#...#...#...#...#.......",
        "####....#####...#.......", "####....#####...#.......",
        "#...#...#...#...#.......", "#...#...#...#...#.......",
        "#...#...#...#...#.......", "#...#...#...#...#.......",
        "####....#...#...#####...", "####....#...#...#####...",
        "........................");
  }

  /// `A` has its pixel at the upper left, the wide character at the lower right.
  private static Font dots() {
    var upperLeft = new int[16];
    upperLeft[0] = 0x80;
    var lowerRight = new int[16];
    lowerRight[15] = 0x0001;
    return Font
        .of(new TreeMap<>(Map.of((int) 'A', new Glyph(8, upperLeft), (int) ' ', new Glyph(8, new int[16]),
            0x4E2D, new Glyph(16, lowerRight))));
  }

  private static List<String> lit(Bitmap picture) {
    var lit = new ArrayList<String>();
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (picture.isSet(x, y)) {
          lit.add(x + "," + y);
        }
      }
    }
    return lit;
  }

  private static List<String> rows(Bitmap picture, int top, int width) {
    var rows = new ArrayList<String>();
    for (int y = top; y < top + Glyph.HEIGHT; y++) {
      var row = new StringBuilder();
      for (int x = 1; x <= width; x++) {
        row.append(picture.isSet(x, y) ? '#' : '.');
      }
      rows.add(row.toString());
    }
    return rows;
  }
}
