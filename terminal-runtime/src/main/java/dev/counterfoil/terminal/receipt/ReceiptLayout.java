package dev.counterfoil.terminal.receipt;

import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.device.Slip.Style;
import dev.counterfoil.terminal.layout.Alphabet;
import dev.counterfoil.terminal.layout.WordBreaks;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.ArrayList;
import java.util.List;

/// Fits words and figures to a width of paper. A Chinese character takes two columns; a figure is never cut, what has no
/// room beside it goes on a line of its own.
final class ReceiptLayout {

  /// Columns as a printer with a Chinese character set counts them.
  private static final Alphabet PAPER = codePoint -> codePoint < 0x80 ? 1 : 2;

  private final Language language;
  private final int columns;
  private final WordBreaks breaks = new WordBreaks(PAPER);
  private final List<Slip.Part> parts = new ArrayList<>();

  ReceiptLayout(Language language, int columns) {
    this.language = language;
    this.columns = columns;
  }

  ReceiptLayout title(String words) {
    breaks.lines(words, columns / 2).forEach(line -> parts.add(new Slip.Text(line, Style.TITLE)));
    return this;
  }

  ReceiptLayout centred(ReceiptWord word) {
    parts.add(new Slip.Text(word.in(language), Style.CENTRED));
    return this;
  }

  ReceiptLayout rule() {
    parts.add(new Slip.Text("-".repeat(columns), Style.PLAIN));
    return this;
  }

  ReceiptLayout line(ReceiptWord word, String figure, Style style) {
    return line(word.in(language), figure, style);
  }

  /// Words at the left, the figure at the right edge.
  ReceiptLayout line(String words, String figure, Style style) {
    int room = columns - PAPER.width(figure) - 1;
    var lines = breaks.lines(words, columns);
    if (lines.size() == 1 && PAPER.width(lines.getFirst()) <= room) {
      parts.add(new Slip.Text(spread(lines.getFirst(), figure), style));
      return this;
    }
    lines.forEach(line -> parts.add(new Slip.Text(line, style)));
    parts.add(new Slip.Text(spread("", figure), style));
    return this;
  }

  ReceiptLayout note(ReceiptWord word) {
    breaks.lines(word.in(language), columns).forEach(line -> parts.add(new Slip.Text(line, Style.PLAIN)));
    return this;
  }

  ReceiptLayout plain(String words) {
    parts.add(new Slip.Text(words, Style.CENTRED));
    return this;
  }

  ReceiptLayout code(String content) {
    parts.add(new Slip.QrCode(content));
    return this;
  }

  List<Slip.Part> parts() {
    parts.add(new Slip.Feed(3));
    return List.copyOf(parts);
  }

  private String spread(String left, String right) {
    return left + " ".repeat(Math.max(0, columns - PAPER.width(left) - PAPER.width(right))) + right;
  }
}
