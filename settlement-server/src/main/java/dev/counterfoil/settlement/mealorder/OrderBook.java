package dev.counterfoil.settlement.mealorder;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.MealCollectionRow;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A site's ordered meals while one commit unit is being made (docs/adr/0034): each change goes into the unit at once and is
/// seen by what follows, and terminals are told of the holder.
///
/// | state | event | next |
/// | --- | --- | --- |
/// | | placed | OPEN |
/// | OPEN | cancelled | CANCELLED |
/// | OPEN, CANCELLED | a settled record of its holder names it | COLLECTED |
/// | COLLECTED | that sale is taken back, and no other record names it | what it was before |
///
/// A record is a fact: whatever is wrong with what it collects, its money is booked elsewhere, and people are told here.
public final class OrderBook {

  private final Books books;
  private final MealOrderReads reads;
  private final CoreSettings settings;
  private final LocalDate today;
  private final TreeMap<Long, MealOrderRow> orders = new TreeMap<>();
  private final Map<TransactionId, MealCollectionRow> collections = new LinkedHashMap<>();

  public OrderBook(Books books, SettlementReads reads, CoreSettings settings) {
    this.books = books;
    this.reads = reads.meals();
    this.settings = settings;
    this.today = LocalDate.ofEpochDay(settings.dayAt(books.nowMs()));
  }

  /// Takes an order.
  ///
  /// @throws RefusedException PARAMETER_ERROR, ORDER_DISH_NAME, ORDER_AMOUNT, ORDER_DAY_PAST, ACCOUNT_UNKNOWN, ACCOUNT_CLOSED,
  /// ORDER_EXISTS (an order for that period is open or collected), ORDER_LIMIT
  public MealOrderRow place(MealWish wish, String operator) {
    require(wish);
    AccountRow account = books.account(wish.account()).orElseThrow(
        () -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + wish.account()));
    if (account.status() == AccountStatus.CANCELLED) {
      throw new RefusedException("ACCOUNT_CLOSED", "account " + account.number() + " is closed");
    }
    requireRoom(wish);
    long number = Math.max(orders.isEmpty() ? 0 : orders.lastKey(), reads.lastOrder(books.site())) + 1;
    return put(MealOrderRow.placed(books.site(), number, new MealOrder(number, wish.day(), wish.period(),
        wish.copies(), wish.totalMinor(), wish.dish(), false), wish.account(), operator, books.nowMs()));
  }

  private void require(MealWish wish) {
    if (!MealOrder.isPlaceable(wish.day(), wish.period(), wish.copies(), wish.totalMinor())) {
      throw new RefusedException("PARAMETER_ERROR", "a meal period is 1 to " + MealOrder.MOST_PERIOD
          + ", copies are 1 to " + MealOrder.MOST_COPIES + ", a total is 0 or more");
    }
    if (!MealOrder.isDish(wish.dish())) {
      throw new RefusedException("ORDER_DISH_NAME", "a dish is 1 to " + MealOrder.MOST_DISH_BYTES
          + " bytes in UTF-8 without blanks around it and without control characters");
    }
    if (wish.totalMinor() > settings.perTapMinor()) {
      throw new RefusedException("ORDER_AMOUNT", "total=" + wish.totalMinor() + " purchase.per-tap-minor="
          + settings.perTapMinor());
    }
    if (wish.day().isBefore(today)) {
      throw new RefusedException("ORDER_DAY_PAST", "day=" + wish.day() + " today=" + today);
    }
  }

  private void requireRoom(MealWish wish) {
    TreeMap<Long, MealOrderRow> theirs = of(wish.account());
    theirs.values().stream()
        .filter(row -> row.day().equals(wish.day()) && row.period() == wish.period()).findFirst()
        .ifPresent(row -> {
          throw new RefusedException("ORDER_EXISTS", "order " + row.number() + " of account " + row.account()
              + " for " + row.day() + ", period " + row.period() + ", is " + row.state());
        });
    long open = theirs.values().stream().filter(row -> row.state() == MealOrderRow.State.OPEN).count();
    if (open >= settings.mostOrders()) {
      throw new RefusedException("ORDER_LIMIT", "account " + wish.account() + " has " + open
          + " open orders; orders.most-open=" + settings.mostOrders());
    }
  }

  /// Those of today and later that are open or collected.
  private TreeMap<Long, MealOrderRow> of(long account) {
    var theirs = new TreeMap<Long, MealOrderRow>();
    books.memory().mealsSince(account, today).forEach(row -> theirs.put(row.number(), row));
    orders.values().stream().filter(row -> row.account() == account && !row.day().isBefore(today))
        .forEach(row -> theirs.put(row.number(), row));
    theirs.values().removeIf(row -> row.state() == MealOrderRow.State.CANCELLED);
    return theirs;
  }

  /// Puts a name of another system to an order of this unit.
  public MealOrderRow imported(MealOrderRow row, String source, String reference) {
    return put(row.imported(source, reference));
  }

  /// Takes an order back that nobody has collected.
  ///
  /// @throws RefusedException ORDER_UNKNOWN, ORDER_NOT_OPEN
  public MealOrderRow cancel(long number, String operator) {
    MealOrderRow row = order(number)
        .orElseThrow(() -> new RefusedException("ORDER_UNKNOWN", "no order " + number));
    if (row.state() != MealOrderRow.State.OPEN) {
      throw new RefusedException("ORDER_NOT_OPEN", "order " + number + " is " + row.state());
    }
    return put(row.cancelled(operator, books.nowMs()));
  }

  /// A record that is being settled collects an order; 0 is none.
  public void collected(Collected fact) {
    if (fact.order() == 0) {
      return;
    }
    Optional<MealOrderRow> found = order(fact.order());
    if (found.isEmpty()) {
      raise(ExceptionKind.ORDER_MISSING, fact, "no order " + Long.toUnsignedString(fact.order()));
    } else if (found.get().account() != fact.holder()) {
      raise(ExceptionKind.ORDER_NOT_HOLDERS, fact,
          "order " + fact.order() + " is account " + found.get().account() + "'s");
    } else {
      collected(fact, found.get());
    }
  }

  private void collected(Collected fact, MealOrderRow order) {
    var collection = new MealCollectionRow(books.site(), fact.terminal(), fact.seq(), order.number(),
        fact.transaction(), books.nowMs(), 0);
    put(collection);
    switch (order.state()) {
      case OPEN -> put(order.collected(collection));
      case CANCELLED -> {
        put(order.collected(collection));
        raise(ExceptionKind.ORDER_CANCELLED_COLLECTED, fact, "order " + order.number()
            + " was cancelled by " + order.cancelledBy());
      }
      case COLLECTED -> raise(ExceptionKind.ORDER_COLLECTED_TWICE, fact, "order " + order.number()
          + " was collected by " + told(order.collection()));
    }
    if (fact.payableMinor() != order.totalMinor()) {
      raise(ExceptionKind.ORDER_AMOUNT_DIFFERS, fact,
          "order " + order.number() + " is of " + order.totalMinor() + ", not " + fact.payableMinor());
    }
  }

  private static String told(@Nullable MealCollectionRow by) {
    return by == null ? "nobody" : "record " + by.seq() + " of terminal " + by.terminal();
  }

  /// A sale was taken back, and with it what it collected.
  public void voided(TransactionId sale) {
    Optional<MealCollectionRow> working = Optional.ofNullable(collections.get(sale));
    working.or(() -> reads.collectionBy(books.site(), sale)).filter(MealCollectionRow::stands)
        .ifPresent(by -> {
          put(by.voided(books.nowMs()));
          order(by.order()).ifPresent(order -> put(standing(order.number()).map(order::collected)
              .orElseGet(order::reopened)));
        });
  }

  /// A record that still says that an order was collected.
  private Optional<MealCollectionRow> standing(long order) {
    var all = new LinkedHashMap<TransactionId, MealCollectionRow>();
    reads.collections(books.site(), order).forEach(row -> all.put(row.transaction(), row));
    collections.values().stream().filter(row -> row.order() == order)
        .forEach(row -> all.put(row.transaction(), row));
    return all.values().stream().filter(MealCollectionRow::stands).findFirst();
  }

  private Optional<MealOrderRow> order(long number) {
    MealOrderRow working = orders.get(number);
    return working != null ? Optional.of(working) : reads.order(books.site(), number);
  }

  private MealOrderRow put(MealOrderRow row) {
    orders.put(row.number(), row);
    books.unit().putMealOrder(row);
    books.touch(row.account());
    return row;
  }

  private void put(MealCollectionRow row) {
    collections.put(row.transaction(), row);
    books.unit().putMealCollection(row);
  }

  private void raise(ExceptionKind kind, Collected fact, String detail) {
    books.raise(kind, fact.terminal() + ":" + fact.seq(), fact.terminal(), fact.seq(),
        Optional.of(fact.transaction()), fact.holder(), fact.payableMinor(), detail);
  }
}
