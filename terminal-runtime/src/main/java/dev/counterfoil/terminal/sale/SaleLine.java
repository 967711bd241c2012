package dev.counterfoil.terminal.sale;

/// One position of a basket.
///
/// @param code           product code, as keyed on a vending machine; may be empty
/// @param name           what a person reads; may be empty
/// @param unitPriceMinor price of one, minor units, not negative (a basket may hold a free item)
/// @param quantity       1-9,999
/// @param grams          weight of weighed goods, whose unit is then the whole of what lay on the scale; else 0
/// @param kilogramMinor  price of a kilogram of weighed goods, minor units; else 0
public record SaleLine(String code, String name, long unitPriceMinor, int quantity, long grams,
    long kilogramMinor) {

  /// The most of one product in one position.
  public static final int MAX_QUANTITY = 9_999;

  public SaleLine {
    if (grams < 0 || kilogramMinor < 0 || unitPriceMinor < 0 || quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException("price or quantity out of range for product '" + code + "'");
    }
  }

  /// Goods that are not weighed.
  public SaleLine(String code, String name, long unitPriceMinor, int quantity) {
    this(code, name, unitPriceMinor, quantity, 0, 0);
  }

  /// So much of goods whose unit is a kilogram.
  SaleLine weighed(long weightGrams, long priceMinor) {
    return new SaleLine(code, name, priceMinor, 1, weightGrams, unitPriceMinor);
  }

  /// So many times this.
  ///
  /// @param copies 1-9,999
  SaleLine times(int copies) {
    return new SaleLine(code, name, unitPriceMinor, Math.multiplyExact(quantity, copies), grams,
        kilogramMinor);
  }

  /// Price of the whole position.
  ///
  /// @throws ArithmeticException when it does not fit
  public long totalMinor() {
    return Math.multiplyExact(unitPriceMinor, (long) quantity);
  }
}
