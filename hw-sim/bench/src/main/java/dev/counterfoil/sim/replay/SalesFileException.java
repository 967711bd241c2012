package dev.counterfoil.sim.replay;

/// A sales file that cannot be replayed as it is. Nothing of it was played: a file is read to its end before the
/// first sale starts.
public final class SalesFileException extends Exception {

  private static final long serialVersionUID = 1L;

  /// What is wrong, for programs. The names are the codes that people see, so a constant is never renamed.
  public enum Code {
    /// Not there, a folder, or no right to read it.
    CSV_UNREADABLE,
    /// No header or no row below it.
    CSV_EMPTY,
    /// A column is missing or stands there twice.
    CSV_HEADER,
    /// A row has more or fewer fields than the header, or a quote is never closed.
    CSV_SHAPE,
    /// Bytes that are not UTF-8.
    CSV_ENCODING,
    /// A field that has to be filled is empty.
    CSV_BLANK,
    /// A day that is not written like `Saturday, January 1, 2022`, or does not exist.
    CSV_DATE,
    /// An amount that is no decimal number with at most two places, or is below zero.
    CSV_AMOUNT,
    /// A quantity that is no whole number from 1 to 99.
    CSV_QUANTITY,
    /// Neither `Credit` nor `Cash`, neither `Processed` nor `Unlinked`.
    CSV_WORD,
    /// Unit price times quantity is not the row's total.
    CSV_LINE_TOTAL,
    /// The rows of one sale do not add up to the sale's total.
    CSV_SALE_TOTAL,
    /// The rows of one sale name different machines, days or ways to pay.
    CSV_SALE_MIXED
  }

  private final Code code;
  private final long line;

  SalesFileException(Code code, long line, String column, String detail) {
    super(code + (line > 0 ? " line " + line : "") + (column.isEmpty() ? "" : " column " + column) + ": " + detail);
    this.code = code;
    this.line = line;
  }

  public Code code() {
    return code;
  }

  /// Line of the file, the header being line 1; 0 when the file as a whole is meant.
  public long line() {
    return line;
  }
}
