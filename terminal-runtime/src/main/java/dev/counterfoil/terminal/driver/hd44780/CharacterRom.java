package dev.counterfoil.terminal.driver.hd44780;

/// The characters of the controller's Japanese ROM (A00), which nearly all modules in the shops carry.
///
/// ASCII from 20 to 7D stands at its own place, except that 5C shows a yen sign; 7E and 7F are arrows; A1 to DF are
/// the half-width katakana in Unicode's order; a few Greek and German letters follow. Source: Hitachi HD44780U data
/// sheet, table 4.
final class CharacterRom {

  static final int BLANK = 0x20;
  /// What stands in for a character that the ROM lacks.
  static final int UNKNOWN = '?';

  private static final int ASCII_LAST = 0x7D;
  private static final int KATAKANA_FIRST = 0xFF61;
  private static final int KATAKANA_LAST = 0xFF9F;
  private static final int KATAKANA_CODE = 0xA1;
  private static final int FULL_WIDTH_FIRST = 0xFF01;
  private static final int FULL_WIDTH_LAST = 0xFF5D;
  private static final int FULL_WIDTH_OFFSET = 0xFEE0;
  private static final int IDEOGRAPHIC_SPACE = 0x3000;

  private CharacterRom() {}

  /// The ROM code of a Unicode code point, `?` for what the ROM lacks. Full-width forms, as Chinese and Japanese
  /// keyboards type them, become their narrow twins.
  static int code(int codePoint) {
    if (codePoint >= FULL_WIDTH_FIRST && codePoint <= FULL_WIDTH_LAST) {
      return code(codePoint - FULL_WIDTH_OFFSET);
    }
    if (codePoint >= BLANK && codePoint <= ASCII_LAST && codePoint != '\\') {
      return codePoint;
    }
    if (codePoint >= KATAKANA_FIRST && codePoint <= KATAKANA_LAST) {
      return codePoint - KATAKANA_FIRST + KATAKANA_CODE;
    }
    return special(codePoint);
  }

  private static int special(int codePoint) {
    return switch (codePoint) {
      case IDEOGRAPHIC_SPACE, '\u00A0' -> BLANK;
      case '\u00A5', '\uFFE5' -> 0x5C;
      case '\u2192' -> 0x7E;
      case '\u2190' -> 0x7F;
      case '\u00B0' -> 0xDF;
      case '\u00E4' -> 0xE1;
      case '\u00DF' -> 0xE2;
      case '\u00B5', '\u03BC' -> 0xE4;
      case '\u00F6' -> 0xEF;
      case '\u2126', '\u03A9' -> 0xF4;
      case '\u00FC' -> 0xF5;
      case '\u00F7' -> 0xFD;
      default -> UNKNOWN;
    };
  }

  /// Whether the ROM has this character.
  static boolean has(int codePoint) {
    return code(codePoint) != UNKNOWN || codePoint == UNKNOWN;
  }

  /// The ROM codes of a line, one per code point.
  static byte[] codes(String line) {
    var codes = line.codePoints().map(CharacterRom::code).toArray();
    var bytes = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      bytes[i] = (byte) codes[i];
    }
    return bytes;
  }
}
