package dev.counterfoil.terminal.sale;

import dev.counterfoil.terminal.meal.CardTerms;

/// A use of a card that nothing is paid for now.
///
/// @param what        which kind
/// @param productCode of what was used; may be empty
/// @param meal        number of the meal period, from 1; 0 for none
/// @param count       of a counted use: the how-manyth in its period or day
/// @param atMillis    of a time that begins: Unix milliseconds
/// @param terms       on which the card buys
/// @param goods       what was handed out for it; empty for what is only counted
public record CardUsed(What what, String productCode, int meal, long count, long atMillis, CardTerms terms,
    Basket goods) {

  /// A use for which nothing is handed out.
  public CardUsed(What what, String productCode, int meal, long count, long atMillis, CardTerms terms) {
    this(what, productCode, meal, count, atMillis, terms, Basket.EMPTY);
  }

  /// Kinds of use.
  public enum What {
    COUNTED, TIME_STARTED,
    /// An ordered meal for which nothing is paid.
    ORDER
  }
}
