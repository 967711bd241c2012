package dev.counterfoil.settlement.imports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Which column stands where in a file: its first row names them, in any order.
final class Header {

  private final Map<String, Integer> places;
  private final int width;

  private Header(Map<String, Integer> places, int width) {
    this.places = places;
    this.width = width;
  }

  /// @param needed columns that must be there
  /// @param others columns that may be
  static Header read(CsvRow row, List<String> needed, List<String> others, Faults faults) {
    var places = new TreeMap<String, Integer>();
    for (int i = 0; i < row.cells().size(); i++) {
      String name = row.cells().get(i).strip().toLowerCase(Locale.ROOT);
      if (!needed.contains(name) && !others.contains(name)) {
        faults.add(row.number(), Integer.toString(i + 1), ImportFault.COLUMN_UNKNOWN,
            Faults.found(name) + " allowed=" + String.join(",", needed) + "," + String.join(",", others));
      } else if (places.putIfAbsent(name, i) != null) {
        faults.add(row.number(), name, ImportFault.COLUMN_TWICE, "column " + (i + 1));
      }
    }
    needed.stream().filter(name -> !places.containsKey(name))
        .forEach(name -> faults.add(row.number(), name, ImportFault.COLUMN_MISSING, ""));
    return new Header(places, row.cells().size());
  }

  boolean fits(CsvRow row, Faults faults) {
    boolean fits = row.cells().size() == width;
    if (!fits) {
      faults.add(row.number(), "", ImportFault.CELL_COUNT,
          "found=" + row.cells().size() + " allowed=" + width);
    }
    return fits;
  }

  /// The cell without blanks around it; empty where there is no such column.
  String cell(CsvRow row, String column) {
    Integer place = places.get(column);
    return place == null ? "" : row.cells().get(place).strip();
  }
}
