package dev.counterfoil.terminal.device;

import java.util.Arrays;
import java.util.List;

/// What a display shall show, from the top, without a place or a font: the one description that every display is given.
///
/// @param lines most important first; what has no room at the bottom is left out, figures last of all
public record ScreenText(List<Line> lines) {

  public ScreenText {
    lines = List.copyOf(lines);
  }

  /// One line.
  ///
  /// @param words  in the language of the terminal; shortened where there is no room; may be empty
  /// @param latin  the same in plain ASCII, for a display that lacks a character of `words`
  /// @param figure an amount or a code in plain ASCII, at the right edge; whole or not at all; may be empty
  /// @param large  this is what counts: a display with pixels draws its figure, or else its words, twice as large
  public record Line(String words, String latin, String figure, boolean large) {

    public Line {
      if (!isAscii(latin) || !isAscii(figure)) {
        throw new IllegalArgumentException("latin words and figures are ASCII: " + latin + " " + figure);
      }
    }

    private static boolean isAscii(String text) {
      return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /// This line drawn large.
    public Line enlarged() {
      return new Line(words, latin, figure, true);
    }
  }

  /// Lines in plain ASCII without figures, for a message that needs no translation.
  public static ScreenText plain(String... lines) {
    return new ScreenText(Arrays.stream(lines).map(line -> new Line(line, line, "", false)).toList());
  }
}
