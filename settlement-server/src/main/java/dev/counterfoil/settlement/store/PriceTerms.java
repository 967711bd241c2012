package dev.counterfoil.settlement.store;

/// On what terms an account buys at terminals that price by card.
///
/// @param cardClass        1 to {@link #MOST_CLASS}; 1 is everybody's whom nobody put into another one
/// @param discountPermille off every price for this holder, 0 to {@link #MOST_DISCOUNT}
public record PriceTerms(int cardClass, int discountPermille) {

  public static final int MOST_CLASS = 99;
  public static final int MOST_DISCOUNT = 999;
  public static final PriceTerms STANDARD = new PriceTerms(1, 0);

  /// Whether there is such a class and such a discount.
  public static boolean exist(long cardClass, long discountPermille) {
    return cardClass >= 1 && cardClass <= MOST_CLASS && discountPermille >= 0
        && discountPermille <= MOST_DISCOUNT;
  }
}
