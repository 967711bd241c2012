package dev.counterfoil.terminal.layout;

import java.util.Map;
import java.util.Optional;

/// Pictures of characters.
public interface Font extends Alphabet {

  Optional<Glyph> glyph(int codePoint);

  @Override
  default int columns(int codePoint) {
    return glyph(codePoint).map(Glyph::columns).orElse(0);
  }

  /// These pictures and no others.
  static Font of(Map<Integer, Glyph> glyphs) {
    return codePoint -> Optional.ofNullable(glyphs.get(codePoint));
  }

  /// This font, and the other one for what it lacks.
  default Font orElse(Font other) {
    return codePoint -> glyph(codePoint).or(() -> other.glyph(codePoint));
  }
}
