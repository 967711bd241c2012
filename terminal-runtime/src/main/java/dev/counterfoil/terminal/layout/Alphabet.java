package dev.counterfoil.terminal.layout;

/// Which characters a display has, and how wide they are there.
public interface Alphabet {

  /// Plain ASCII, one column each.
  Alphabet ASCII = codePoint -> codePoint >= ' ' && codePoint <= '~' ? 1 : 0;

  /// Columns that this character takes, 1 or 2; 0 when the display has no such character.
  int columns(int codePoint);

  /// Whether all of this text can be shown.
  default boolean has(String text) {
    return text.codePoints().allMatch(codePoint -> columns(codePoint) > 0);
  }

  /// Columns that this text takes; characters that are missing take none.
  default int width(String text) {
    return text.codePoints().map(this::columns).sum();
  }
}
