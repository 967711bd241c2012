package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// Goods of one sale (PAY-13).
///
/// @param line 1 or more
/// @param category 0 for none
/// @param unitPriceMinor minor units
/// @param weightGrams of weighed goods, else 0
/// @param kilogramMinor price of a kilogram of weighed goods, minor units; else 0
public record SaleLineRow(int site, TransactionId transaction, int line, String product, String productName,
    long category, String categoryName, long quantity, long unitPriceMinor, long weightGrams,
    long kilogramMinor) {

  /// Goods that were not weighed.
  public SaleLineRow(int site, TransactionId transaction, int line, String product, String productName,
      long category, String categoryName, long quantity, long unitPriceMinor) {
    this(site, transaction, line, product, productName, category, categoryName, quantity, unitPriceMinor, 0,
        0);
  }
}
