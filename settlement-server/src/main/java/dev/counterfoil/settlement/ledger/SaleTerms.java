package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.SaleSubType;
import java.util.List;

/// What a record says of a sale besides who paid how much.
///
/// @param cash part of the amount paid in coins and notes, below the amount of a card sale; minor units
/// @param discount taken off the original price; minor units
/// @param reduced payable less paid; minor units
/// @param presentation 1 card swipe, 2 face, 3 code scan (PAY-01), 0 not told
/// @param consumerIp of an online purchase, else empty
public record SaleTerms(long cash, long discount, long reduced, SaleSubType subType, int presentation,
    String consumerIp, List<Goods> goods) {

  /// @param unitPriceMinor minor units
  /// @param weightGrams    of weighed goods, of which the unit is all that lay on the scale; else 0
  /// @param kilogramMinor  price of a kilogram of weighed goods, minor units; else 0
  public record Goods(String product, String productName, long category, String categoryName, long quantity,
      long unitPriceMinor, long weightGrams, long kilogramMinor) {

    /// Goods that were not weighed.
    public Goods(String product, String productName, long category, String categoryName, long quantity,
        long unitPriceMinor) {
      this(product, productName, category, categoryName, quantity, unitPriceMinor, 0, 0);
    }
  }

  public SaleTerms {
    goods = List.copyOf(goods);
  }

  /// Of a record that says nothing more.
  public static SaleTerms plain(SaleSubType subType) {
    return new SaleTerms(0, 0, 0, subType, 0, "", List.of());
  }
}
