package dev.counterfoil.sim.replay;

import java.time.LocalDate;
import java.util.List;

/// One sale: the rows of one transaction number, paid at once.
///
/// @param transaction number of the sale
/// @param rows        at least one, in file order, all of one machine, day and tender
record Basket(String transaction, List<SalesRow> rows) {

  Basket {
    rows = List.copyOf(rows);
  }

  String device() {
    return rows.getFirst().device();
  }

  LocalDate day() {
    return rows.getFirst().day();
  }

  SalesRow.Tender tender() {
    return rows.getFirst().tender();
  }

  long totalMinor() {
    return rows.stream().mapToLong(SalesRow::totalMinor).reduce(0, Math::addExact);
  }
}
