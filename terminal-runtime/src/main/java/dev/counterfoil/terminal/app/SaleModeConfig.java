package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Reads `terminal.mode` of `terminal.toml` and what belongs to each way of selling.
final class SaleModeConfig {

  private static final int LONGEST_CODE = 13;

  private SaleModeConfig() {}

  /// Every key may stand in the file whatever the mode is, so that a mode is tried without deleting another's keys.
  ///
  /// @param most dearest amount that may be set, minor units
  static SaleMode read(ConfigTable table, long most) throws ConfigException {
    var mode = table.choice("mode", "keyed",
        List.of("keyed", "fixed", "products", "weighed", "counted", "timed", "preorder"));
    var products = products(table, most);
    var product = new SaleLine(table.text("product", ""), "", table.amount("price", 0, 0, most), 1);
    int mostADay = table.integer("most-a-day", 0, 0, MealPeriod.MOST_TAPS);
    Duration unit = Duration.ofMinutes(table.integer("unit-minutes", 60, 1, 1_440));
    long mostPrice = table.amount("most-price", 0, 0, most);
    long leastGrams = table.number("min-weight-g", SaleMode.Weighed.DEFAULT_LEAST_GRAMS, 1, 100_000);
    return switch (mode) {
      case "fixed" -> new SaleMode.Fixed(priced(table, mode, product));
      case "products" -> new SaleMode.Products(listed(table, mode, products));
      case "weighed" -> new SaleMode.Weighed(listed(table, mode, products), leastGrams);
      case "counted" -> new SaleMode.Counted(product, mostADay);
      case "timed" -> timed(table, priced(table, mode, product), unit, mostPrice);
      case "preorder" -> new SaleMode.Preorder();
      default -> new SaleMode.Keyed();
    };
  }

  private static SaleLine priced(ConfigTable table, String mode, SaleLine product) throws ConfigException {
    if (product.unitPriceMinor() == 0) {
      throw table.wrong(Code.CONFIG_MISSING, "price", "must be set where mode = \"" + mode + "\"");
    }
    return product;
  }

  private static List<SaleLine> listed(ConfigTable table, String mode, List<SaleLine> products)
      throws ConfigException {
    if (products.isEmpty()) {
      throw table.wrong(Code.CONFIG_MISSING, "products", "must be listed where mode = \"" + mode + "\"");
    }
    return products;
  }

  private static SaleMode timed(ConfigTable table, SaleLine product, Duration unit, long mostPrice)
      throws ConfigException {
    if (mostPrice == 0) {
      throw table.wrong(Code.CONFIG_MISSING, "most-price", "must be set where mode = \"timed\"");
    }
    if (mostPrice < product.unitPriceMinor()) {
      throw table.wrong(Code.CONFIG_CONFLICT, "most-price", "must not be less than price");
    }
    return new SaleMode.Timed(product, unit.toMillis(), mostPrice);
  }

  private static List<SaleLine> products(ConfigTable terminal, long most) throws ConfigException {
    var products = new ArrayList<SaleLine>();
    var codes = new HashSet<String>();
    for (ConfigTable table : terminal.tables("products")) {
      String code = table.requiredText("code");
      if (!code.chars().allMatch(c -> c >= '0' && c <= '9') || code.length() > LONGEST_CODE) {
        throw table.wrong(Code.CONFIG_NOT_ALLOWED, "code",
            "found \"" + code + "\", allowed are 1 to " + LONGEST_CODE + " digits");
      }
      if (!codes.add(code)) {
        throw table.wrong(Code.CONFIG_CONFLICT, "code", "\"" + code + "\" stands twice");
      }
      products
          .add(new SaleLine(code, table.text("name", ""), table.amount("price", 0, 1, most), 1));
      table.finish();
    }
    return products;
  }
}
