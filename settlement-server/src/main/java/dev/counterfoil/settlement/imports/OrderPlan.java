package dev.counterfoil.settlement.imports;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.settlement.mealorder.OrderBook;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.Optional;

/// Takes orders of meals by the rules of {@link OrderBook}. Each is known by its source and reference.
final class OrderPlan extends Plan<OrderLine> {

  private final OrderBook orders;
  private final Holders holders;

  OrderPlan(Books books, SettlementReads reads, Terms terms, Faults faults, boolean looksUp) {
    super(books, reads, terms, faults, looksUp);
    this.orders = new OrderBook(books, reads, terms.settings());
    this.holders = new Holders(books, reads, terms.source());
  }

  @Override
  int row(OrderLine line) {
    return line.row();
  }

  @Override
  void lookUp(List<OrderLine> lines) {
    // Each is asked for by itself: a file is of a few days' orders.
  }

  @Override
  Known known(OrderLine line) {
    return reads.meals().order(books.site(), terms.source(), line.reference())
        .map(row -> isSame(row, line) ? Known.SAME : Known.OTHER).orElse(Known.NEVER);
  }

  /// Whatever became of it since.
  private boolean isSame(MealOrderRow row, OrderLine line) {
    return row.day().equals(line.day()) && row.period() == line.period() && row.copies() == line.copies()
        && row.totalMinor() == line.total() && row.dish().equals(line.dish())
        && holders.find(line.who()).filter(found -> found.account().account() == row.account()).isPresent();
  }

  @Override
  void book(OrderLine line) {
    Optional<Holders.Holder> holder = holders.find(line.who());
    if (holder.isEmpty()) {
      faults.add(line.row(), Holders.column(line.who()), "ACCOUNT_UNKNOWN",
          Faults.found(Holders.told(line.who())));
      return;
    }
    try {
      MealOrderRow placed = orders.place(new MealWish(holder.get().account().account(), line.day(),
          line.period(), line.copies(), line.total(), line.dish()), terms.operator());
      orders.imported(placed, terms.source(), line.reference());
      count("order", line.total());
    } catch (RefusedException e) {
      faults.add(line.row(), "", e.code(), e.facts());
    }
  }
}
