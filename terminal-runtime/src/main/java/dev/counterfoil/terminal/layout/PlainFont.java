package dev.counterfoil.terminal.layout;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Letters, digits and marks that every graphic display can fall back on when no font is installed: capitals only, small
/// letters are shown as capitals. Drawn for this project on a grid of 5 x 7, each row twice as high.
public final class PlainFont implements Font {

  /// Seven rows of five pixels, two hexadecimal digits a row.
  private static final String[] PICTURES = {
      "  00000000000000", "!:04040404040004", "\":0A0A0A00000000", "#:0A0A1F0A1F0A0A", "$:040F140E051E04",
      "%:18190204081303", "&:0C12140815120D", "':04040800000000", "(:02040808080402", "):08040202020408",
      "*:00150E1F0E1500", "+:0004041F040400", ",:00000000040408", "-:0000001F000000", ".:00000000000C0C",
      "/:00010204081000", "0:0E11131519110E", "1:040C040404040E", "2:0E11010204081F", "3:1F02040201110E",
      "4:02060A121F0202", "5:1F101E0101110E", "6:0608101E11110E", "7:1F010204080808", "8:0E11110E11110E",
      "9:0E11110F01020C", "::000C0C000C0C00", ";:000C0C000C0408", "<:02040810080402", "=:00001F001F0000",
      ">:08040201020408", "?:0E110102040004", "@:0E11010D15150E", "A:0E11111F111111", "B:1E11111E11111E",
      "C:0E11101010110E", "D:1C12111111121C", "E:1F10101E10101F", "F:1F10101E101010", "G:0E11101711110F",
      "H:1111111F111111", "I:0E04040404040E", "J:0702020202120C", "K:11121418141211", "L:1010101010101F",
      "M:111B1515111111", "N:11111915131111", "O:0E11111111110E", "P:1E11111E101010", "Q:0E11111115120D",
      "R:1E11111E141211", "S:0F10100E01011E", "T:1F040404040404", "U:1111111111110E", "V:11111111110A04",
      "W:1111111515150A", "X:11110A040A1111", "Y:1111110A040404", "Z:1F01020408101F", "[:0E08080808080E",
      "\\:00100804020100", "]:0E02020202020E", "^:040A1100000000", "_:0000000000001F", "`:08040200000000",
      "{:02040408040402", "|:04040404040404", "}:08040402040408", "~:00000D12000000"};

  /// The one font of this kind.
  public static final PlainFont INSTANCE = new PlainFont();

  private static final int PICTURE_ROWS = 7;
  private static final int TOP = 1;
  private static final int RIGHT = 2;

  private final Map<Integer, Glyph> glyphs = new TreeMap<>();

  private PlainFont() {
    for (String picture : PICTURES) {
      glyphs.put((int) picture.charAt(0), glyph(picture.substring(2)));
    }
  }

  private static Glyph glyph(String rows) {
    var drawn = new int[Glyph.HEIGHT];
    for (int row = 0; row < PICTURE_ROWS; row++) {
      int pixels = Integer.parseInt(rows.substring(2 * row, 2 * row + 2), 16) << RIGHT;
      drawn[TOP + 2 * row] = pixels;
      drawn[TOP + 2 * row + 1] = pixels;
    }
    return new Glyph(Glyph.HALF_WIDTH, drawn);
  }

  @Override
  public Optional<Glyph> glyph(int codePoint) {
    String capital = Character.toString(codePoint).toUpperCase(Locale.ROOT);
    return Optional.ofNullable(glyphs.get(capital.codePointAt(0)));
  }
}
