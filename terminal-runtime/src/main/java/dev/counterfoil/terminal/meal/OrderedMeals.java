package dev.counterfoil.terminal.meal;

import dev.counterfoil.protocol.order.MealOrder;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/// What a card's holder has ordered, as the server last said, and what this terminal has handed out since. Pure.
///
/// @param orders  as the server told them
/// @param asOfSeq last of this terminal's records that `orders` contain
/// @param own     what this terminal's newest records say of an order, by its number
public record OrderedMeals(List<MealOrder> orders, long asOfSeq, SortedMap<Long, Own> own) {

  /// What one of this terminal's records did to an order.
  ///
  /// @param collected whether it handed the meal out; false where it took that back
  public record Own(long seq, boolean collected) {}

  /// What a tap finds.
  public sealed interface Found {

    record Open(MealOrder order) implements Found {}

    /// There is none to collect any more.
    record Collected() implements Found {}

    record Nothing() implements Found {}
  }

  public OrderedMeals {
    orders = List.copyOf(orders);
  }

  /// What the holder has ordered for a meal period of a day.
  public Found of(LocalDate day, int period) {
    List<MealOrder> due = orders.stream().filter(order -> order.day().equals(day) && order.period() == period)
        .toList();
    return due.stream().filter(order -> !isCollected(order)).findFirst().<Found>map(Found.Open::new)
        .orElseGet(() -> due.isEmpty() ? new Found.Nothing() : new Found.Collected());
  }

  /// A record of our own that the server had not settled when it spoke knows more than the server did.
  private boolean isCollected(MealOrder order) {
    Own deed = own.get(order.number());
    return deed != null && deed.seq() > asOfSeq ? deed.collected() : order.collected();
  }
}
