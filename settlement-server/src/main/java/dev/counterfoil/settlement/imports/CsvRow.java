package dev.counterfoil.settlement.imports;

import java.util.List;

/// One row of a file.
///
/// @param number as a spreadsheet counts, from 1
/// @param cells  without their quotes
record CsvRow(int number, List<String> cells) {

  CsvRow {
    cells = List.copyOf(cells);
  }

  /// Spreadsheets leave rows of nothing at the end.
  boolean isBlank() {
    return cells.stream().allMatch(String::isBlank);
  }
}
