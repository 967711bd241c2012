package dev.counterfoil.settlement.mealorder;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.LocalDate;
import java.util.function.Function;

/// Takes holders' orders of meals and takes them back. Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class MealOrderDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;

  public MealOrderDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// Takes an order. Not to be repeated blindly, though a repeat is refused: a holder has one order for a period.
  ///
  /// @throws RefusedException as {@link OrderBook#place}; SYSTEM_BUSY (try again)
  public MealOrderRow place(int site, MealWish wish, String operator, long nowMs) {
    return change(site, nowMs, book -> book.place(wish, operator));
  }

  /// @throws RefusedException as {@link OrderBook#cancel}; SYSTEM_BUSY (try again)
  public MealOrderRow cancel(int site, long number, String operator, long nowMs) {
    return change(site, nowMs, book -> book.cancel(number, operator));
  }

  /// @throws RefusedException ORDER_UNKNOWN
  public MealOrderRow existing(int site, long number) {
    return memory.reads().meals().order(site, number)
        .orElseThrow(() -> new RefusedException("ORDER_UNKNOWN", "no order " + number));
  }

  /// The site's day, before which orders have lapsed.
  public LocalDate today(long nowMs) {
    return LocalDate.ofEpochDay(settings.dayAt(nowMs));
  }

  private MealOrderRow change(int site, long nowMs, Function<OrderBook, MealOrderRow> work) {
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    MealOrderRow row = work.apply(new OrderBook(books, memory.reads(), settings));
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return row;
  }
}
