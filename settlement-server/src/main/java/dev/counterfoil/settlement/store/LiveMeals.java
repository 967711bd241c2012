package dev.counterfoil.settlement.store;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A site's orders that are open or collected and for some day or later: few, and asked for whenever terminals are told of
/// an account. Belongs to {@link SiteMemory}.
final class LiveMeals {

  private final LocalDate since;
  private final Map<Long, TreeMap<Long, MealOrderRow>> byAccount = new HashMap<>();

  LiveMeals(LocalDate since, List<MealOrderRow> rows) {
    this.since = since;
    rows.forEach(this::put);
  }

  LocalDate since() {
    return since;
  }

  void put(MealOrderRow row) {
    TreeMap<Long, MealOrderRow> theirs = byAccount.computeIfAbsent(row.account(), _ -> new TreeMap<>());
    if (row.state() == MealOrderRow.State.CANCELLED) {
      theirs.remove(row.number());
    } else {
      theirs.put(row.number(), row);
    }
  }

  List<MealOrderRow> of(long account, LocalDate day) {
    TreeMap<Long, MealOrderRow> theirs = byAccount.get(account);
    if (theirs == null) {
      return List.of();
    }
    return theirs.values().stream().filter(row -> !row.day().isBefore(day)).toList();
  }
}
