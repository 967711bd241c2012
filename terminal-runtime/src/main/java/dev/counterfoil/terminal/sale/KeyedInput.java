package dev.counterfoil.terminal.sale;

import dev.counterfoil.terminal.sale.SaleState.Entering;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/// What keys mean before a card comes in: `0`-`9` type, `*` is the decimal point, `#` enters, `A` asks for a void, `B` for a
/// balance, `D` clears. `+` (or `C`, where that does not record cash) adds an amount to those before, `<` takes back the
/// last key or product.
///
/// A keyed amount is in whole units until `*`, as on a pocket calculator: `12*5#` and `12*50#` are both 12.50. Behind the
/// code of a product, `*` and a number say how many: `12*3#`.
final class KeyedInput {

  private static final int MINOR_PER_UNIT = 100;
  /// Nine keys at most.
  private static final Pattern AMOUNT = Pattern.compile("(?=.{1,9}$)\\d*(\\*\\d{0,2})?");
  /// A code of up to 13 digits, and how many of it.
  private static final Pattern ORDER = Pattern.compile("\\d{1,13}(\\*\\d{0,4})?");

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

    record Balance() implements Pressed {}

    /// These goods are to be weighed.
    record Weigh(SaleLine goods) implements Pressed {}

    record Tare() implements Pressed {}

    record Wrong(Screen.Mistake mistake) implements Pressed {}

    record Nothing() implements Pressed {}
  }

  /// Whether this key goes on with an amount that waits for a card already.
  boolean continues(char key) {
    return settings.mode() instanceof SaleMode.Products || key == '+' || key == 'C' && !settings.cashKey();
  }

  Pressed press(Entering before, char key) {
    return switch (key) {
      case '#' -> enter(before);
      case 'A' -> new Pressed.Void();
      case 'B' -> new Pressed.Balance();
      case 'D' -> clear(before);
      case '<' -> takeBack(before);
      case '+' -> add(before);
      case 'C' -> settings.cashKey() ? new Pressed.Nothing() : add(before);
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*' -> type(before, key);
      default -> new Pressed.Nothing();
    };
  }

  private Pressed type(Entering before, char key) {
    if (key == '*' && settings.mode() instanceof SaleMode.Weighed) {
      return new Pressed.Tare();
    }
    String keyed = before.keyed() + key;
    boolean readable = switch (settings.mode()) {
      case SaleMode.Keyed _ -> AMOUNT.matcher(keyed).matches();
      case SaleMode.Products _,SaleMode.Weighed _ -> ORDER.matcher(keyed).matches();
      case SaleMode.Fixed _,SaleMode.Counted _,SaleMode.Timed _,SaleMode.Preorder _ -> false;
    };
    return readable ? new Pressed.Typed(new Entering(keyed, before.basket())) : new Pressed.Nothing();
  }

  private Pressed enter(Entering before) {
    return switch (settings.mode()) {
      case SaleMode.Keyed _ -> ready(sum(before));
      case SaleMode.Fixed _,SaleMode.Counted _,SaleMode.Timed _,SaleMode.Preorder _ -> new Pressed.Nothing();
      case SaleMode.Weighed weighed -> before.keyed().isEmpty() ? new Pressed.Nothing()
          : weighed.find(before.keyed()).<Pressed>map(Pressed.Weigh::new)
              .orElse(new Pressed.Wrong(Screen.Mistake.UNKNOWN_PRODUCT));
      case SaleMode.Products products -> before.keyed().isEmpty()
          ? ready(before.basket())
          : choose(products, before);
    };
  }

  /// Another amount follows; a product is added by `#`.
  private Pressed add(Entering before) {
    if (!(settings.mode() instanceof SaleMode.Keyed)
        || before.keyed().isEmpty() && before.basket().isEmpty()) {
      return new Pressed.Nothing();
    }
    Basket sum = sum(before);
    return problemOf(sum, settings).filter(problem -> problem == Screen.Mistake.AMOUNT_TOO_HIGH)
        .<Pressed>map(Pressed.Wrong::new)
        .orElse(new Pressed.Typed(new Entering("", sum)));
  }

  private static Basket sum(Entering entering) {
    return Basket.ofAmount(entering.basket().amountMinor() + amountOf(entering.keyed()));
  }

  /// What is half typed goes first, what stands in the basket only when nothing is.
  private Pressed clear(Entering before) {
    return before.keyed().isEmpty() || before.basket().isEmpty() ? new Pressed.Cleared()
        : without(before, "");
  }

  private Pressed takeBack(Entering before) {
    String keyed = before.keyed();
    if (!keyed.isEmpty()) {
      return without(before, keyed.substring(0, keyed.length() - 1));
    }
    var lines = new ArrayList<>(before.basket().lines());
    if (lines.isEmpty()) {
      return new Pressed.Nothing();
    }
    lines.removeLast();
    return lines.isEmpty() ? new Pressed.Cleared() : new Pressed.Ready(Basket.of(lines, ""));
  }

  /// Products that were chosen wait for a card again as soon as nothing is half typed.
  private static Pressed without(Entering before, String keyed) {
    return keyed.isEmpty() && !before.basket().lines().isEmpty() ? new Pressed.Ready(before.basket())
        : new Pressed.Typed(new Entering(keyed, before.basket()));
  }

  private Pressed choose(SaleMode.Products products, Entering before) {
    if (before.basket().lines().size() == Basket.MAX_LINES) {
      return new Pressed.Wrong(Screen.Mistake.TOO_MANY_PRODUCTS);
    }
    int star = before.keyed().indexOf('*');
    String code = star < 0 ? before.keyed() : before.keyed().substring(0, star);
    int copies = star < 0 ? 1 : numberOf(before.keyed().substring(star + 1));
    if (copies == 0) {
      return new Pressed.Wrong(Screen.Mistake.BAD_QUANTITY);
    }
    return products.find(code).map(product -> ready(before.basket().plus(product.times(copies))))
        .orElse(new Pressed.Wrong(Screen.Mistake.UNKNOWN_PRODUCT));
  }

  private static int numberOf(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private Pressed ready(Basket basket) {
    return problemOf(basket, settings).<Pressed>map(Pressed.Wrong::new).orElse(new Pressed.Ready(basket));
  }

  /// The basket that stands typed, if it is complete and may be sold.
  Optional<Basket> finished(Entering entering) {
    return enter(entering) instanceof Pressed.Ready(var basket) ? Optional.of(basket) : Optional.empty();
  }

  /// Why this basket cannot be sold, if it cannot.
  static Optional<Screen.Mistake> problemOf(Basket basket, SaleSettings settings) {
    if (basket.amountMinor() <= 0) {
      return Optional.of(Screen.Mistake.NO_AMOUNT);
    }
    return basket.amountMinor() > settings.maxAmountMinor()
        ? Optional.of(Screen.Mistake.AMOUNT_TOO_HIGH)
        : Optional.empty();
  }

  static boolean isAmount(String keyed) {
    return AMOUNT.matcher(keyed).matches();
  }

  /// @param keyed as [#isAmount] takes it
  static long amountOf(String keyed) {
    int point = keyed.indexOf('*');
    String units = point < 0 ? keyed : keyed.substring(0, point);
    String decimals = point < 0 ? "" : keyed.substring(point + 1);
    long whole = units.isEmpty() ? 0 : Long.parseLong(units);
    long part = decimals.isEmpty() ? 0 : Long.parseLong(decimals) * (decimals.length() == 1 ? 10 : 1);
    return whole * MINOR_PER_UNIT + part;
  }
}
