package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.MealCollectionRow;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MealOrderRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What the model store tells about ordered meals.
final class ModelMeals implements MealOrderReads {

  private final ModelSettlementStore store;

  ModelMeals(ModelSettlementStore store) {
    this.store = store;
  }

  /// One site's.
  static final class Tables {
    private final NavigableMap<Long, MealOrderRow> orders = new TreeMap<>();
    private final Map<Long, NavigableMap<Long, MealCollectionRow>> collections = new TreeMap<>();
  }

  void apply(CommitUnit unit) {
    unit.mealOrders().forEach(row -> of(row.site()).orders.put(row.number(), row));
    unit.mealCollections().forEach(row -> of(row.site()).collections
        .computeIfAbsent((long) row.terminal(), _ -> new TreeMap<>()).put(row.seq(), row));
  }

  private Tables of(int site) {
    return store.table(site).meals;
  }

  /// A reference of another system that another order has, of the store or of the same unit.
  Optional<MealOrderRow> reusedReference(CommitUnit unit) {
    return unit.mealOrders().stream().filter(row -> !row.reference().isEmpty())
        .filter(row -> order(row.site(), row.source(), row.reference())
            .filter(old -> old.number() != row.number()).isPresent()
            || unit.mealOrders().stream().anyMatch(other -> other.site() == row.site()
                && other.number() < row.number() && other.source().equals(row.source())
                && other.reference().equals(row.reference())))
        .findFirst();
  }

  @Override
  public long lastOrder(int site) {
    return of(site).orders.isEmpty() ? 0 : of(site).orders.lastKey();
  }

  @Override
  public Optional<MealOrderRow> order(int site, long number) {
    return Optional.ofNullable(of(site).orders.get(number));
  }

  @Override
  public Optional<MealOrderRow> order(int site, String source, String reference) {
    return of(site).orders.values().stream().filter(row -> !row.reference().isEmpty())
        .filter(row -> row.source().equals(source) && row.reference().equals(reference)).findFirst();
  }

  @Override
  public List<MealOrderRow> orders(int site, Search search, long after, int limit) {
    return of(site).orders.tailMap(after, false).values().stream().filter(search::has).limit(limit).toList();
  }

  @Override
  public List<MealOrderRow> liveSince(int site, LocalDate day) {
    return of(site).orders.values().stream().filter(row -> row.state() != MealOrderRow.State.CANCELLED)
        .filter(row -> !row.day().isBefore(day)).toList();
  }

  @Override
  public List<MealCollectionRow> collections(int site, long order) {
    return of(site).collections.values().stream().flatMap(rows -> rows.values().stream())
        .filter(row -> row.order() == order).toList();
  }

  @Override
  public Optional<MealCollectionRow> collectionBy(int site, TransactionId transaction) {
    return of(site).collections.values().stream().flatMap(rows -> rows.values().stream())
        .filter(row -> row.transaction().equals(transaction)).findFirst();
  }
}
