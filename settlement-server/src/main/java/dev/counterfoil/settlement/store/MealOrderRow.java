package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.order.MealOrder;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A meal that a holder ordered for a day (订餐, ADR 0034). What was ordered never changes.
///
/// @param number      running number within the site, from 1
/// @param day         of the site
/// @param period      number of the terminals' meal period, 1 to 5
/// @param totalMinor  of all copies, minor units; 0 where nothing is paid at the counter
/// @param source      which system's file it came with; empty for one that was placed here
/// @param reference   its number there; empty for one that was placed here
/// @param operator    who placed it
/// @param cancelledMs server time, 0 unless somebody cancelled it, whatever came of it later
/// @param collection  what collected it; null unless it is collected
public record MealOrderRow(int site, long number, long account, LocalDate day, int period, int copies,
    long totalMinor, String dish, String source, String reference, String operator, long placedMs,
    State state,
    long cancelledMs, String cancelledBy, @Nullable MealCollectionRow collection) {

  /// How far it is. The names are stored.
  public enum State {
    OPEN, COLLECTED, CANCELLED
  }

  /// What somebody wants, before it has a number.
  public static MealOrderRow placed(int site, long number, MealOrder meal, long account, String operator,
      long nowMs) {
    return new MealOrderRow(site, number, account, meal.day(), meal.period(), meal.copies(),
        meal.totalMinor(),
        meal.dish(), "", "", operator, nowMs, State.OPEN, 0, "", null);
  }

  public MealOrderRow imported(String from, String theirs) {
    return new MealOrderRow(site, number, account, day, period, copies, totalMinor, dish, from, theirs,
        operator, placedMs, state, cancelledMs, cancelledBy, collection);
  }

  public MealOrderRow cancelled(String by, long nowMs) {
    return with(State.CANCELLED, nowMs, by, null);
  }

  /// A record says so, also of one that was cancelled.
  public MealOrderRow collected(MealCollectionRow by) {
    return with(State.COLLECTED, cancelledMs, cancelledBy, by);
  }

  /// No record says so any more: it is what it was before.
  public MealOrderRow reopened() {
    return with(cancelledMs > 0 ? State.CANCELLED : State.OPEN, cancelledMs, cancelledBy, null);
  }

  private MealOrderRow with(State next, long atMs, String by, @Nullable MealCollectionRow what) {
    return new MealOrderRow(site, number, account, day, period, copies, totalMinor, dish, source, reference,
        operator, placedMs, next, atMs, by, what);
  }

  /// Nobody came for it.
  public boolean isLapsed(LocalDate today) {
    return state == State.OPEN && day.isBefore(today);
  }

  /// What people are told of it: its state, or that it lapsed.
  public String told(LocalDate today) {
    return isLapsed(today) ? "LAPSED" : state.name();
  }

  /// As terminals are told of it.
  public MealOrder meal() {
    return new MealOrder(number, day, period, copies, totalMinor, dish, state == State.COLLECTED);
  }
}
