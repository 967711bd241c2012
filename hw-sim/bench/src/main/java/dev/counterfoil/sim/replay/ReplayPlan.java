package dev.counterfoil.sim.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Which sale happens when, and who pays. The file knows days only, so the sales of a machine's day are spread over
/// its opening hours in file order, at random distances. Card sales are shared out among the cardholders in turn, so
/// that everybody stays far below every limit of a day; no limit is switched off.
///
/// @param sales    in the order of their times
/// @param unplayed sales that no terminal can record, with the reason
record ReplayPlan(List<Sale> sales, List<Unplayed> unplayed) {

  static final LocalTime OPENS = LocalTime.of(8, 0);
  static final LocalTime CLOSES = LocalTime.of(22, 0);
  static final int CASH = -1;

  /// @param holder number of the cardholder, [#CASH] for coins and notes
  record Sale(Instant at, Basket basket, int holder) {

    boolean byCard() {
      return holder != CASH;
    }
  }

  record Unplayed(Basket basket, String reason) {}

  ReplayPlan {
    sales = List.copyOf(sales);
    unplayed = List.copyOf(unplayed);
  }

  long totalMinor() {
    return sales.stream().mapToLong(sale -> sale.basket().totalMinor()).sum();
  }

  /// @param cardholders 1 or more
  /// @param mostMinor   dearest sale that a terminal takes
  static ReplayPlan of(SalesFile file, int cardholders, long mostMinor, RandomGenerator random) {
    var unplayed = new ArrayList<Unplayed>();
    var byDay = new TreeMap<LocalDate, List<Basket>>();
    for (Basket basket : file.baskets()) {
      String problem = problemOf(basket, mostMinor);
      if (problem.isEmpty()) {
        byDay.computeIfAbsent(basket.day(), _ -> new ArrayList<>()).add(basket);
      } else {
        unplayed.add(new Unplayed(basket, problem));
      }
    }
    var sales = new ArrayList<Sale>();
    byDay.forEach((day, baskets) -> addDay(sales, day, baskets, random));
    return new ReplayPlan(withHolders(sales, cardholders, random), unplayed);
  }

  private static String problemOf(Basket basket, long mostMinor) {
    if (basket.totalMinor() == 0) {
      return "nothing to pay";
    }
    return basket.totalMinor() > mostMinor ? "dearer than a terminal takes" : "";
  }

  private static void addDay(List<Sale> sales, LocalDate day, List<Basket> baskets, RandomGenerator random) {
    long opening = day.atTime(OPENS).toInstant(ZoneOffset.UTC).toEpochMilli();
    long closing = day.atTime(CLOSES).toInstant(ZoneOffset.UTC).toEpochMilli();
    long[] times = random.longs(baskets.size(), opening, closing).sorted().toArray();
    for (int i = 0; i < times.length; i++) {
      sales.add(new Sale(Instant.ofEpochMilli(times[i]), baskets.get(i), CASH));
    }
  }

  private static List<Sale> withHolders(List<Sale> sales, int cardholders, RandomGenerator random) {
    var planned = new ArrayList<Sale>(sales.size());
    int turn = random.nextInt(cardholders);
    for (Sale sale : sales) {
      boolean card = sale.basket().tender() == SalesRow.Tender.CREDIT;
      planned.add(new Sale(sale.at(), sale.basket(), card ? turn++ % cardholders : CASH));
    }
    return planned;
  }
}
