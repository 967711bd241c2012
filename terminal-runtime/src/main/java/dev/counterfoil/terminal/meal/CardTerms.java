package dev.counterfoil.terminal.meal;

/// On what terms a card buys, as the server last said of its account.
///
/// @param cardClass        1 to [#MOST_CLASS]; 1 is what everybody has whom nobody put into another one
/// @param discountPermille off every price for this holder, 0 to 999
public record CardTerms(int cardClass, int discountPermille) {

  public static final int MOST_CLASS = 99;

  /// Of a card that this terminal knows nothing of, and of whoever pays without one.
  public static final CardTerms STANDARD = new CardTerms(1, 0);

  /// What a server said, read so that nothing it may say stops a sale: a class that does not exist is the standard one, and
  /// a discount beyond what exists is none.
  public static CardTerms told(int cardClass, int discountPermille) {
    return new CardTerms(cardClass < 1 || cardClass > MOST_CLASS ? 1 : cardClass,
        discountPermille < 0 || discountPermille >= MealPlan.WHOLE ? 0 : discountPermille);
  }
}
