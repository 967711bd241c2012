package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.terminal.meal.MealUse;

/// What one card has spent at this terminal: on one day, and without the server since one contact.
///
/// @param epochDay day the day's sum belongs to, days since 1970-01-01 in the site's zone
/// @param dayCount approvals of that day, whoever decided them
/// @param dayMinor their sum, minor units
/// @param contact offline stretch ([OfflineUse#contact]) that the next two belong to
/// @param offlineCount approvals without the server in that stretch
/// @param offlineMinor their sum, minor units
/// @param meal meal period of that day that the next two belong to, from 1; 0 for none
/// @param mealCount approvals in it
/// @param mealMinor their sum, minor units
public record CardUse(CardToken token, long epochDay, long dayCount, long dayMinor, long contact,
    long offlineCount, long offlineMinor, int meal, long mealCount, long mealMinor) {

  /// A card never seen here.
  public static CardUse none(CardToken token) {
    return new CardUse(token, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /// Sum spent on this day.
  public long onDayMinor(long day) {
    return day == epochDay ? dayMinor : 0;
  }

  /// Sum spent without the server in this offline stretch.
  public long sinceContactMinor(long stretch) {
    return stretch == contact ? offlineMinor : 0;
  }

  /// What was had in a meal period of this day.
  public MealUse inMeal(long day, int period) {
    return day == epochDay && period == meal ? new MealUse(mealCount, mealMinor) : MealUse.NONE;
  }

  /// After a void of the sale that this card paid last here: its meal is given back too.
  ///
  /// @param offline whether the server had no part in the sale
  public CardUse minus(long day, long stretch, boolean offline, long minor) {
    return plus(day, stretch, offline, -1, -minor, day == epochDay ? meal : 0);
  }

  /// After an approval.
  ///
  /// @param offline whether the server had no part in it
  /// @param period  meal period in which it was, 0 for none
  public CardUse plus(long day, long stretch, boolean offline, long minor, int period) {
    return plus(day, stretch, offline, 1, minor, period);
  }

  private CardUse plus(long day, long stretch, boolean offline, int count, long minor, int period) {
    long offlineShare = offline ? minor : 0;
    int offlineOne = offline ? count : 0;
    MealUse before = inMeal(day, period);
    return new CardUse(token, day, (day == epochDay ? dayCount : 0) + count,
        Math.addExact(onDayMinor(day), minor), stretch,
        (stretch == contact ? offlineCount : 0) + offlineOne,
        Math.addExact(sinceContactMinor(stretch), offlineShare), period, before.taps() + count,
        Math.addExact(before.minor(), minor));
  }
}
