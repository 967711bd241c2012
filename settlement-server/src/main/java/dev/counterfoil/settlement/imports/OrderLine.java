package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.settlement.imports.SaleLine.Who;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// One meal that was ordered in another system.
///
/// @param row       of the file
/// @param reference its number there
/// @param who       whose it is
/// @param total     of all copies, minor units; 0 where nothing is paid at the counter
record OrderLine(int row, String reference, Who who, LocalDate day, int period, int copies, long total,
    String dish) {

  static final List<String> NEEDED = List.of("reference", "day", "period", "dish", "total");
  static final List<String> OTHERS = List.of(SaleLine.ACCOUNT, SaleLine.ACCOUNT_REFERENCE, SaleLine.CARD,
      "copies", "site");

  /// @return empty if a cell is a fault
  static Optional<OrderLine> read(Cells cells) {
    cells.sameSite("site");
    Optional<Who> who = SaleLine.who(cells);
    String reference = cells.needed("reference");
    LocalDate day = cells.day("day");
    cells.needed("period");
    int period = (int) cells.number("period", 1, MealOrder.MOST_PERIOD, 1);
    int copies = (int) cells.number("copies", 1, MealOrder.MOST_COPIES, 1);
    cells.needed("total");
    long total = cells.amount("total");
    String dish = cells.needed("dish");
    return who.filter(_ -> cells.isGood())
        .map(holder -> new OrderLine(cells.row(), reference, holder, day, period, copies, total, dish));
  }
}
