package dev.counterfoil.sim.device.panel;

/// The character generator of an HD44780U with ROM code A00 as Unicode (Hitachi ADE-207-272, table 4).
///
/// Codes 0 to 15 show the eight user-defined glyphs; they appear as U+E000 to U+E007. Half-width katakana
/// take A1h to DFh; the Greek and mathematical signs above them are mapped where Unicode has them.
final class GlassCharacters {
  private static final int FIRST_GLYPH = 0xE000;
  private static final int FIRST_KATAKANA = 0xFF61;
  private static final String UPPER = "αäβεμσρg√⁻jˣ¢£ñöpqθ∞ΩüΣπxy千万円÷ █";

  private GlassCharacters() {}

  static char shown(int code) {
    if (code < 0x10) {
      return (char) (FIRST_GLYPH + (code & 0x07));
    }
    if (code < 0x20 || code >= 0x80 && code <= 0xA0) {
      return ' ';
    }
    return code < 0x80 ? latin(code) : code < 0xE0 ? katakana(code) : upper(code);
  }

  private static char latin(int code) {
    return switch (code) {
      case 0x5C -> '¥';
      case 0x7E -> '→';
      case 0x7F -> '←';
      default -> (char) code;
    };
  }

  private static char katakana(int code) {
    return (char) (FIRST_KATAKANA + code - 0xA1);
  }

  private static char upper(int code) {
    return UPPER.charAt(code - 0xE0);
  }
}
