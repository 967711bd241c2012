package dev.counterfoil.terminal.sale;

import dev.counterfoil.terminal.sale.SaleState.Entering;
import java.util.Optional;

/// What keys mean before a card comes in: `0`-`9` type, `*` is the decimal point, `#` enters, `A` asks for a void, `D`
/// clears; `B` and `C` mean nothing here.
///
/// A keyed amount is in whole units until `*`, as on a pocket calculator: `12*5#` and `12*50#` are both 12.50.
final class KeyedInput {

  private static final int MAX_TYPED = 9;
  private static final int DECIMALS = 2;
  private static final int MINOR_PER_UNIT = 100;

  private final SaleSettings settings;

  KeyedInput(SaleSettings settings) {
    this.settings = settings;
  }

  /// What one key did.
  sealed interface Pressed {

    record Typed(Entering next) implements Pressed {}

    record Ready(Basket basket) implements Pressed {}

    record Cleared() implements Pressed {}

    record Void() implements Pressed {}

    record Wrong(Screen.Mistake mistake) implements Pressed {}

    record Nothing() implements Pressed {}
  }

  Pressed press(Entering before, char key) {
    if (key == '#') {
      return enter(before);
    }
    if (key == 'D') {
      return new Pressed.Cleared();
    }
    if (key == 'A') {
      return new Pressed.Void();
    }
    boolean digit = key >= '0' && key <= '9';
    return digit || key == '*' ? type(before, key) : new Pressed.Nothing();
  }

  private Pressed type(Entering before, char key) {
    String keyed = before.keyed();
    int point = keyed.indexOf('*');
    boolean full = keyed.length() >= MAX_TYPED
        || point >= 0 && (key == '*' || keyed.length() - point > DECIMALS);
    boolean pointInCode = key == '*' && !(settings.mode() instanceof SaleMode.Keyed);
    return full || pointInCode || settings.mode() instanceof SaleMode.Fixed
        ? new Pressed.Nothing()
        : new Pressed.Typed(new Entering(keyed + key, before.basket()));
  }

  private Pressed enter(Entering before) {
    return switch (settings.mode()) {
      case SaleMode.Keyed _ -> ready(Basket.ofAmount(amountOf(before.keyed())));
      case SaleMode.Fixed _ -> new Pressed.Nothing();
      case SaleMode.Products products -> before.keyed().isEmpty()
          ? ready(before.basket())
          : choose(products, before);
    };
  }

  private Pressed choose(SaleMode.Products products, Entering before) {
    if (before.basket().lines().size() == Basket.MAX_LINES) {
      return new Pressed.Wrong(Screen.Mistake.TOO_MANY_PRODUCTS);
    }
    return products.find(before.keyed()).map(product -> ready(before.basket().plus(product)))
        .orElse(new Pressed.Wrong(Screen.Mistake.UNKNOWN_PRODUCT));
  }

  private Pressed ready(Basket basket) {
    return problemOf(basket).<Pressed>map(Pressed.Wrong::new).orElse(new Pressed.Ready(basket));
  }

  /// The basket that stands typed, if it is complete and may be sold.
  Optional<Basket> finished(Entering entering) {
    return enter(entering) instanceof Pressed.Ready(var basket) ? Optional.of(basket) : Optional.empty();
  }

  /// Why this basket cannot be sold, if it cannot.
  Optional<Screen.Mistake> problemOf(Basket basket) {
    if (basket.amountMinor() <= 0) {
      return Optional.of(Screen.Mistake.NO_AMOUNT);
    }
    return basket.amountMinor() > settings.maxAmountMinor()
        ? Optional.of(Screen.Mistake.AMOUNT_TOO_HIGH)
        : Optional.empty();
  }

  private static long amountOf(String keyed) {
    int point = keyed.indexOf('*');
    String units = point < 0 ? keyed : keyed.substring(0, point);
    String decimals = point < 0 ? "" : keyed.substring(point + 1);
    long whole = units.isEmpty() ? 0 : Long.parseLong(units);
    long part = decimals.isEmpty() ? 0 : Long.parseLong(decimals) * (decimals.length() == 1 ? 10 : 1);
    return whole * MINOR_PER_UNIT + part;
  }
}
