package dev.counterfoil.terminal.sale;

import java.util.List;
import java.util.Optional;

/// Where the price of a purchase comes from.
public sealed interface SaleMode {

  /// The cashier keys it: digits are whole units, `*` is the decimal point, `#` enters, `D` clears.
  record Keyed() implements SaleMode {}

  /// Every tap pays the same; the terminal is always ready for a card.
  record Fixed(SaleLine product) implements SaleMode {}

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
