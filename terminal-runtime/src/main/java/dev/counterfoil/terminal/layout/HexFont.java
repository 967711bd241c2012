package dev.counterfoil.terminal.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// The text format of GNU Unifont: a line per character, `4E2D:` and then 32 hexadecimal digits for a picture of 8 x 16
/// pixels or 64 for one of 16 x 16, row by row from the top. Lines may end in a carriage return; empty lines and lines
/// that begin with `#` are passed over.
public final class HexFont {

  private static final int NARROW_DIGITS = 2 * Glyph.HEIGHT;
  private static final int WIDE_DIGITS = 4 * Glyph.HEIGHT;

  private HexFont() {}

  /// A line that is no glyph.
  public static final class FormatException extends IOException {

    private static final long serialVersionUID = 1L;

    FormatException(int line, String problem) {
      super("line " + line + ": " + problem);
    }
  }

  /// Reads those glyphs that are wanted; the others cost no memory.
  ///
  /// @throws FormatException at the first line that is no glyph
  public static Map<Integer, Glyph> read(Reader text, IntPredicate wanted) throws IOException {
    var glyphs = new TreeMap<Integer, Glyph>();
    var lines = new BufferedReader(text);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.charAt(0) == '#') {
        continue;
      }
      int codePoint = codePoint(line, number);
      if (wanted.test(codePoint)) {
        glyphs.put(codePoint, glyph(line.strip(), number));
      }
    }
    return glyphs;
  }

  /// A line of the format, without its end.
  public static String line(int codePoint, Glyph glyph) {
    var hex = HexFormat.of().withUpperCase();
    var line = new StringBuilder(hex.toHexDigits(codePoint, codePoint > 0xFFFF ? 6 : 4)).append(':');
    for (int row : glyph.rows()) {
      line.append(hex.toHexDigits(row, glyph.width() / 4));
    }
    return line.toString();
  }

  private static int codePoint(String line, int number) throws FormatException {
    int colon = line.indexOf(':');
    if (colon < 4 || colon > 6) {
      throw new FormatException(number, "no code point of 4 to 6 digits before a colon");
    }
    int codePoint = hex(line, 0, colon, number);
    if (!Character.isValidCodePoint(codePoint)) {
      throw new FormatException(number, "no code point");
    }
    return codePoint;
  }

  private static Glyph glyph(String line, int number) throws FormatException {
    int start = line.indexOf(':') + 1;
    int digits = line.length() - start;
    if (digits != NARROW_DIGITS && digits != WIDE_DIGITS) {
      throw new FormatException(number, digits + " digits, allowed are 32 and 64");
    }
    int perRow = digits / Glyph.HEIGHT;
    var rows = new int[Glyph.HEIGHT];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = hex(line, start + row * perRow, start + (row + 1) * perRow, number);
    }
    return new Glyph(perRow * 4, rows);
  }

  private static int hex(String line, int from, int to, int number) throws FormatException {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(line.charAt(i), 16);
      if (digit < 0) {
        throw new FormatException(number, "'" + line.charAt(i) + "' is no hexadecimal digit");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
