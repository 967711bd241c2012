package dev.counterfoil.settlement.imports;

import java.util.HashMap;
import java.util.Map;

/// Finds what stands in a column twice.
final class Once {

  private final String column;
  private final ImportFault fault;
  private final Faults faults;
  private final Map<String, Integer> rows = new HashMap<>();

  Once(String column, ImportFault fault, Faults faults) {
    this.column = column;
    this.fault = fault;
    this.faults = faults;
  }

  /// The cell itself is not told: the row that has it too says enough.
  void see(int row, String cell) {
    Integer before = rows.putIfAbsent(cell, row);
    if (before != null) {
      faults.add(row, column, fault, "as row " + before);
    }
  }
}
