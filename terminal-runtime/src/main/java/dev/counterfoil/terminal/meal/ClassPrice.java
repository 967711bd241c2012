package dev.counterfoil.terminal.meal;

import java.util.List;

/// What cards of one class pay where the price is fixed.
///
/// @param cardClass   1 to [CardTerms#MOST_CLASS]
/// @param pricesMinor of a card's first, second, third … tap, of which the last holds for all further ones; not empty, minor
///                    units
public record ClassPrice(int cardClass, List<Long> pricesMinor) {

  public ClassPrice {
    pricesMinor = List.copyOf(pricesMinor);
    if (cardClass < 1 || cardClass > CardTerms.MOST_CLASS || pricesMinor.isEmpty()) {
      throw new IllegalArgumentException("class=" + cardClass + " prices=" + pricesMinor.size());
    }
  }

  static long ofTap(List<Long> prices, long tap) {
    return prices.get((int) Math.min(tap, prices.size()) - 1);
  }
}
