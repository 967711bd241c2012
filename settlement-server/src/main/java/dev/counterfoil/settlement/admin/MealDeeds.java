package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.settlement.store.MealOrderRow;
import java.time.LocalDate;

/// What operators may do with holders' orders of meals. As {@link AdminDesk}: durable when a method returns, nothing changed
/// when it throws {@link AdminRefusal}.
public interface MealDeeds {

  MealOrderRow place(int site, MealWish wish, String operator);

  MealOrderRow cancel(int site, long number, String operator);

  /// The site's day, before which orders have lapsed.
  LocalDate today();
}
