package dev.counterfoil.terminal.device;

import java.util.List;

/// What a printer shall put on paper, without a command set.
///
/// @param parts  from the top
/// @param drawer open the cash drawer with it
public record Slip(List<Part> parts, boolean drawer) {

  public Slip {
    parts = List.copyOf(parts);
  }

  /// Something on the paper.
  public sealed interface Part {}

  /// One line of text.
  ///
  /// @param words  already fits the paper
  /// @param style  how it looks
  public record Text(String words, Style style) implements Part {}

  /// A code that a telephone reads.
  public record QrCode(String content) implements Part {}

  /// So many empty lines.
  public record Feed(int lines) implements Part {}

  /// How a line looks.
  ///
  /// @param centred in the middle, otherwise at the left
  /// @param bold    thicker
  /// @param large   twice as wide and high
  public record Style(boolean centred, boolean bold, boolean large) {

    public static final Style PLAIN = new Style(false, false, false);
    public static final Style BOLD = new Style(false, true, false);
    public static final Style CENTRED = new Style(true, false, false);
    public static final Style TITLE = new Style(true, true, true);
  }
}
