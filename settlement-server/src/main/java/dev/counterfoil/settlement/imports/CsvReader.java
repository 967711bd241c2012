package dev.counterfoil.settlement.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of a file in CSV as RFC 4180 tells, and no more than that: commas, cells in quotes where they hold a comma, a quote
/// or a line end, quotes doubled in them. A row ends with CR LF, LF or CR. A quote anywhere else ends the reading, because
/// nobody can tell any more where a cell ends.
///
/// One thread; blocks for the file.
final class CsvReader {

  private static final int NONE = -3;

  private final StrictText text;
  private final int longest;
  private final Faults faults;
  private int ahead = NONE;
  private int row;
  private boolean broken;

  /// @param longest characters of a cell; longer ones are a fault and come out cut
  CsvReader(StrictText text, int longest, Faults faults) {
    this.text = text;
    this.longest = longest;
    this.faults = faults;
  }

  /// @return empty at the end of the file, and behind a fault after which nothing can be read
  Optional<CsvRow> next() throws IOException {
    if (broken || peek() == StrictText.END) {
      return Optional.empty();
    }
    row++;
    List<String> cells = new ArrayList<>();
    do {
      cells.add(cell(cells.size() + 1));
    } while (!broken && take(','));
    if (broken) {
      return Optional.empty();
    }
    take('\r');
    take('\n');
    return Optional.of(new CsvRow(row, cells));
  }

  /// Whether it stopped before the end of the file.
  boolean isBroken() {
    return broken;
  }

  private String cell(int number) throws IOException {
    var cell = new StringBuilder();
    if (take('"')) {
      quoted(cell, number);
    } else {
      plain(cell, number);
    }
    if (cell.length() > longest) {
      faults.add(row, place(number), ImportFault.CELL_TOO_LONG, "allowed=" + longest + " characters");
    }
    return cell.substring(0, Math.min(cell.length(), longest));
  }

  private void plain(StringBuilder cell, int number) throws IOException {
    for (int c = peek(); c != ',' && !endsRow(c); c = peek()) {
      if (c == '"') {
        stop(number, ImportFault.CSV_MALFORMED, "a quote within a cell that does not begin with one");
        return;
      }
      if (!append(cell, number)) {
        return;
      }
    }
  }

  private void quoted(StringBuilder cell, int number) throws IOException {
    while (!broken) {
      if (take('"')) {
        if (!take('"')) {
          endOfQuoted(number);
          return;
        }
        keep(cell, '"');
      } else if (peek() == StrictText.END) {
        stop(number, ImportFault.CSV_MALFORMED, "a cell whose quotes never end");
      } else {
        append(cell, number);
      }
    }
  }

  private void endOfQuoted(int number) throws IOException {
    int c = peek();
    if (c == StrictText.WRONG) {
      stop(number, ImportFault.ENCODING_WRONG, "");
    } else if (c != ',' && !endsRow(c)) {
      stop(number, ImportFault.CSV_MALFORMED, "something behind a cell's closing quote");
    }
  }

  /// @return false if nothing more can be read
  private boolean append(StringBuilder cell, int number) throws IOException {
    int c = peek();
    if (c == StrictText.WRONG) {
      stop(number, ImportFault.ENCODING_WRONG, "nothing behind it was read");
      return false;
    }
    ahead = NONE;
    keep(cell, (char) c);
    return true;
  }

  /// One more than is allowed shows that it is too long.
  private void keep(StringBuilder cell, char c) {
    if (cell.length() <= longest) {
      cell.append(c);
    }
  }

  private void stop(int number, ImportFault fault, String detail) {
    broken = true;
    faults.add(row, place(number), fault, detail);
  }

  /// The names are not known here, or are what is wrong.
  private static String place(int number) {
    return Integer.toString(number);
  }

  private static boolean endsRow(int c) {
    return c == '\r' || c == '\n' || c == StrictText.END;
  }

  private int peek() throws IOException {
    if (ahead == NONE) {
      ahead = text.next();
    }
    return ahead;
  }

  private boolean take(int wanted) throws IOException {
    if (peek() != wanted) {
      return false;
    }
    ahead = NONE;
    return true;
  }
}
