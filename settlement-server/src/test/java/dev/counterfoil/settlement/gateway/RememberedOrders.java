package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Orders in memory with the book that a store writes in the same commit.
public final class RememberedOrders implements GatewayOrders {

  private final Map<String, GatewayOrder> orders = new LinkedHashMap<>();
  private final List<GatewayEffect.Entry> book = new ArrayList<>();

  /// @return whether it was new
  public synchronized boolean add(GatewayOrder order) {
    return orders.putIfAbsent(order.orderId(), order) == null;
  }

  @Override
  public synchronized Optional<GatewayOrder> load(String orderId) {
    return Optional.ofNullable(orders.get(orderId));
  }

  @Override
  public synchronized boolean commit(GatewayOrder before, GatewayOrder after,
      List<GatewayEffect.Entry> entries) {
    if (!orders.replace(before.orderId(), before, after)) {
      return false;
    }
    book.addAll(entries);
    return true;
  }

  @Override
  public synchronized List<String> due(Instant now, int most) {
    return orders.values().stream().filter(order -> order.isDue(now))
        .sorted(Comparator.comparing(order -> order.asking().nextAt())).limit(most).map(GatewayOrder::orderId)
        .toList();
  }

  /// What was booked for an order: paid less given back, in fen.
  public synchronized long bookedFen(String orderId) {
    return book.stream().mapToLong(entry -> switch (entry) {
      case GatewayEffect.Credit(var payment) when payment.orderId().equals(orderId) -> payment.amountFen();
      case GatewayEffect.GiveBack(var id, var _, var amountFen) when id.equals(orderId) -> -amountFen;
      case GatewayEffect.Credit _,GatewayEffect.GiveBack _,GatewayEffect.Fail _,GatewayEffect.Raise _ -> 0;
    }).sum();
  }

  /// Everything booked and raised, in order.
  public synchronized List<GatewayEffect.Entry> book() {
    return List.copyOf(book);
  }

  /// Codes that were put before a person, in order.
  public synchronized List<GatewayCode> raised() {
    return book.stream().filter(GatewayEffect.Raise.class::isInstance)
        .map(entry -> ((GatewayEffect.Raise) entry).problem().code()).toList();
  }
}
