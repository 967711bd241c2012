package dev.counterfoil.terminal.layout;

import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import java.util.ArrayList;
import java.util.List;

/// Puts a screen's description into rows of cells.
///
/// Rules, in this order:
///
/// 1. A line whose words have a character that the display lacks is given in Latin.
/// 2. Where there is room for it, what counts is drawn large, on two rows, with its words on a row of their own above.
/// 3. Words and figure share a row, at least one blank between them; words that end in a mark such as `*` need none.
/// 4. What does not fit on one row takes more, where there are some to spare: the figure a row of its own, words go on
///    at a blank, or after any Chinese character.
/// 5. Where there are none, words are shortened: to whole words, or else letter by letter. A `*` at their end stays.
/// 6. Rows of words alone are left out from the bottom. A figure stays, and is never cut: one that is wider than the
///    display fills its row with `#`, because a part of an amount would be read as another amount.
public final class CellLayout {

  private static final char MARK = '*';

  private final DisplayGeometry geometry;
  private final Alphabet alphabet;
  private final boolean canEnlarge;
  private final WordBreaks breaks;

  /// @param canEnlarge whether the display can draw a row twice as high and wide
  public CellLayout(DisplayGeometry geometry, Alphabet alphabet, boolean canEnlarge) {
    this.geometry = geometry;
    this.alphabet = alphabet;
    this.canEnlarge = canEnlarge;
    this.breaks = new WordBreaks(alphabet);
  }

  /// One row.
  ///
  /// @param text      filled with blanks to the width of the display, or half of it when large
  /// @param large     takes the height of two rows
  /// @param hasFigure shows an amount or a code
  public record Row(String text, boolean large, boolean hasFigure) {

    int height() {
      return large ? 2 : 1;
    }
  }

  private enum Room {
    /// Large figures, and as many rows as a line wants.
    AMPLE,
    /// As many rows as a line wants.
    SOME,
    /// One row a line.
    SCARCE
  }

  /// The rows from the top; together as high as the display, missing ones are blank.
  public List<Row> rows(ScreenText text) {
    for (Room room : Room.values()) {
      var rows = new ArrayList<Row>();
      text.lines().forEach(line -> rows.addAll(rows(line, room)));
      if (height(rows) <= geometry.rows() || room == Room.SCARCE) {
        return filled(rows);
      }
    }
    throw new IllegalStateException("the last way to lay out always answers");
  }

  /// The rows as text alone, for a display of characters.
  public List<String> lines(ScreenText text) {
    return rows(text).stream().map(Row::text).toList();
  }

  private List<Row> rows(Line line, Room room) {
    String words = alphabet.has(line.words()) ? line.words() : line.latin();
    if (room == Room.AMPLE && canEnlarge && line.large()) {
      return enlarged(words, line.figure());
    }
    if (room == Room.SCARCE) {
      return List.of(sharedRow(words, line.figure()));
    }
    return fits(words, line.figure())
        ? List.of(sharedRow(words, line.figure()))
        : severalRows(words, line.figure());
  }

  private List<Row> enlarged(String words, String figure) {
    String main = figure.isEmpty() ? words : figure;
    int columns = geometry.columns() / 2;
    if (alphabet.width(main) > columns) {
      return severalRows(words, figure);
    }
    var rows = new ArrayList<Row>();
    if (!figure.isEmpty() && !words.isEmpty()) {
      rows.addAll(wordRows(words));
    }
    rows.add(new Row(figure.isEmpty() ? padded(main, columns) : flushRight(main, columns), true,
        !figure.isEmpty()));
    return rows;
  }

  private List<Row> severalRows(String words, String figure) {
    var rows = new ArrayList<>(wordRows(words));
    if (!figure.isEmpty()) {
      rows.add(figureRow(figure));
    }
    return rows;
  }

  private List<Row> wordRows(String words) {
    return breaks.lines(words, geometry.columns()).stream()
        .map(line -> new Row(padded(line, geometry.columns()), false, false)).toList();
  }

  private Row sharedRow(String words, String figure) {
    if (figure.isEmpty()) {
      return new Row(padded(shortened(words, geometry.columns()), geometry.columns()), false, false);
    }
    int left = geometry.columns() - alphabet.width(figure);
    if (left < 2) {
      return figureRow(figure);
    }
    String shown = fits(words, figure) ? words : shortened(words, left - (endsInMark(words) ? 0 : 1));
    return new Row(padded(shown, left) + figure, false, true);
  }

  private Row figureRow(String figure) {
    return alphabet.width(figure) > geometry.columns()
        ? new Row("#".repeat(geometry.columns()), false, true)
        : new Row(flushRight(figure, geometry.columns()), false, true);
  }

  private boolean fits(String words, String figure) {
    int gap = words.isEmpty() || figure.isEmpty() || endsInMark(words) ? 0 : 1;
    return alphabet.width(words) + gap + alphabet.width(figure) <= geometry.columns();
  }

  private static boolean endsInMark(String words) {
    return !words.isEmpty() && words.charAt(words.length() - 1) == MARK;
  }

  private String shortened(String words, int columns) {
    if (alphabet.width(words) <= columns) {
      return words;
    }
    return endsInMark(words) && columns > 1
        ? breaks.beginning(words.substring(0, words.length() - 1), columns - 1) + MARK
        : breaks.beginning(words, columns);
  }

  private String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - alphabet.width(text)));
  }

  private String flushRight(String text, int columns) {
    return " ".repeat(Math.max(0, columns - alphabet.width(text))) + text;
  }

  private static int height(List<Row> rows) {
    return rows.stream().mapToInt(Row::height).sum();
  }

  private List<Row> filled(List<Row> rows) {
    var kept = new ArrayList<>(rows);
    while (height(kept) > geometry.rows()) {
      kept.remove(lastToSpare(kept));
    }
    while (height(kept) < geometry.rows()) {
      kept.add(new Row(" ".repeat(geometry.columns()), false, false));
    }
    return List.copyOf(kept);
  }

  private static int lastToSpare(List<Row> rows) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (!rows.get(i).hasFigure()) {
        return i;
      }
    }
    return rows.size() - 1;
  }
}
