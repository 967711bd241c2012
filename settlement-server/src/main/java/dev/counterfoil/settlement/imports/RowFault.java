package dev.counterfoil.settlement.imports;

/// What is wrong with one cell, or with a row as a whole.
///
/// @param row    as a spreadsheet counts: the names stand in row 1
/// @param column its name, or empty for the row as a whole
/// @param code   an {@link ImportFault} or the code by which a desk refuses the same
/// @param detail what was found and what is allowed; never a card's or telephone's number
public record RowFault(int row, String column, String code, String detail) {

  /// One line for whoever mends the file.
  public String text() {
    return "row " + row + (column.isEmpty() ? "" : ", column " + column) + ": " + code + " " + detail;
  }
}
