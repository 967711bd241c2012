package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.card.CardToken;

/// What one card has spent at this terminal: on one day, and without the server since one contact.
///
/// @param epochDay day the day's sum belongs to, days since 1970-01-01 in the site's zone
/// @param dayCount approvals of that day, whoever decided them
/// @param dayMinor their sum, minor units
/// @param contact offline stretch ([OfflineUse#contact]) that the next two belong to
/// @param offlineCount approvals without the server in that stretch
/// @param offlineMinor their sum, minor units
public record CardUse(CardToken token, long epochDay, long dayCount, long dayMinor, long contact,
    long offlineCount, long offlineMinor) {

  /// A card never seen here.
  public static CardUse none(CardToken token) {
    return new CardUse(token, 0, 0, 0, 0, 0, 0);
  }

  /// Sum spent on this day.
  public long onDayMinor(long day) {
    return day == epochDay ? dayMinor : 0;
  }

  /// Sum spent without the server in this offline stretch.
  public long sinceContactMinor(long stretch) {
    return stretch == contact ? offlineMinor : 0;
  }

  /// After an approval (or, with a negative amount and count, a void).
  ///
  /// @param offline whether the server had no part in it
  public CardUse plus(long day, long stretch, boolean offline, int count, long minor) {
    long offlineShare = offline ? minor : 0;
    int offlineOne = offline ? count : 0;
    return new CardUse(token, day, (day == epochDay ? dayCount : 0) + count,
        Math.addExact(onDayMinor(day), minor), stretch,
        (stretch == contact ? offlineCount : 0) + offlineOne,
        Math.addExact(sinceContactMinor(stretch), offlineShare));
  }
}
