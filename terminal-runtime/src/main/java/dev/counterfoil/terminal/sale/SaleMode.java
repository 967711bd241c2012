package dev.counterfoil.terminal.sale;

import java.util.List;
import java.util.Optional;

/// Where the price of a purchase comes from.
public sealed interface SaleMode {

  /// The cashier keys it: digits are whole units, `*` is the decimal point, `#` enters, `D` clears.
  record Keyed() implements SaleMode {}

  /// Every tap pays the same; the terminal is always ready for a card.
  record Fixed(SaleLine product) implements SaleMode {}

  /// Every tap is one: counted, and free or at a fixed price; the terminal is always ready for a card.
  ///
  /// @param product  its price may be 0
  /// @param mostADay of one card where there are no meal periods, which have limits of their own; 0 for any number
  record Counted(SaleLine product, int mostADay) implements SaleMode {}

  /// A card's first tap begins a time and its second ends and pays it; the terminal is always ready for a card.
  ///
  /// @param product    its price is that of a unit of time, above 0
  /// @param unitMillis a unit; one that has begun is charged
  /// @param mostMinor  most that one time costs, above 0: a card that never came back to end it can still do so
  record Timed(SaleLine product, long unitMillis, long mostMinor) implements SaleMode {

    public Timed {
      if (unitMillis < 1 || mostMinor < 1 || product.unitPriceMinor() < 1) {
        throw new IllegalArgumentException("unit=" + unitMillis + " most=" + mostMinor);
      }
    }
  }

  /// Only what was ordered before is handed out, at the price that was agreed then; the terminal is always ready for a card.
  record Preorder() implements SaleMode {}

  /// What lies on the scale is sold. Where there is one kind of goods the terminal always weighs that; else the code is
  /// keyed first, followed by `#`. Key `*` makes what lies there the tare.
  ///
  /// @param goods      the price of each is that of a kilogram; at least one
  /// @param leastGrams lightest that is sold, 1 or more
  record Weighed(List<SaleLine> goods, long leastGrams) implements SaleMode {

    /// Less is what a draught weighs.
    public static final long DEFAULT_LEAST_GRAMS = 20;

    public Weighed {
      goods = List.copyOf(goods);
      if (goods.isEmpty() || leastGrams < 1) {
        throw new IllegalArgumentException("goods=" + goods.size() + " least=" + leastGrams);
      }
    }

    Optional<SaleLine> find(String code) {
      return goods.stream().filter(one -> one.code().equals(code)).findFirst();
    }
  }

  /// The customer keys product codes, each followed by `#`; a card then pays for all of them.
  record Products(List<SaleLine> products) implements SaleMode {

    public Products {
      products = List.copyOf(products);
    }

    Optional<SaleLine> find(String code) {
      return products.stream().filter(product -> product.code().equals(code)).findFirst();
    }
  }
}
