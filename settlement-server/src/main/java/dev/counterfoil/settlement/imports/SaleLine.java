package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.ledger.SaleTerms;
import dev.counterfoil.settlement.store.SaleSubType;
import java.util.List;
import java.util.Optional;

/// One sale of another system.
///
/// @param row       of the file
/// @param reference its number there
/// @param who       whose account pays
/// @param amount    paid, minor units, above 0
/// @param discount  taken off the original price, minor units
/// @param soldMs    when, Unix milliseconds
/// @param merchant  our number of who sold
/// @param goods     none or one
record SaleLine(int row, String reference, Who who, long amount, long discount, long soldMs, long merchant,
    SaleSubType subType, List<SaleTerms.Goods> goods) {

  SaleLine {
    goods = List.copyOf(goods);
  }

  /// How a file names an account.
  sealed interface Who {

    /// By our number.
    record Account(long number) implements Who {}

    /// By the reference under which it was imported.
    record Reference(String reference) implements Who {}

    record Card(CardToken token) implements Who {}
  }

  private static final String REFERENCE = "reference";
  private static final String AMOUNT = "amount";
  private static final String TIME = "time";
  static final String ACCOUNT = "account";
  static final String ACCOUNT_REFERENCE = "account_reference";
  static final String CARD = "card";
  private static final String MERCHANT = "merchant";
  private static final String PRODUCT = "product";
  private static final String QUANTITY = "quantity";

  static final List<String> NEEDED = List.of(REFERENCE, AMOUNT, TIME);
  static final List<String> OTHERS = List.of(ACCOUNT, ACCOUNT_REFERENCE, CARD, MERCHANT, "sub_type",
      "discount",
      PRODUCT, "product_name", "category", "category_name", QUANTITY, "unit_price", "site");

  /// @return empty if a cell is a fault
  static Optional<SaleLine> read(Cells cells) {
    cells.sameSite("site");
    Optional<Who> who = who(cells);
    String reference = cells.needed(REFERENCE);
    long amount = cells.neededAmount(AMOUNT);
    long discount = cells.amount("discount");
    long sold = cells.pastTime(TIME);
    long merchant = cells.number(MERCHANT, 1, Integer.MAX_VALUE, 1);
    SaleSubType subType = cells.choice("sub_type", SaleSubType.class, SaleSubType.POS);
    List<SaleTerms.Goods> goods = goods(cells, amount);
    return who.filter(_ -> cells.isGood()).map(payer -> new SaleLine(cells.row(), reference, payer, amount,
        discount, sold, merchant, subType, goods));
  }

  static Optional<Who> who(Cells cells) {
    long named = List.of(ACCOUNT, ACCOUNT_REFERENCE, CARD).stream().filter(cells::has).count();
    if (named != 1) {
      cells.fault("", ImportFault.WHO_UNCLEAR, "found=" + named);
      return Optional.empty();
    }
    if (cells.has(ACCOUNT)) {
      return Optional.of(new Who.Account(cells.account(ACCOUNT)));
    }
    return cells.has(ACCOUNT_REFERENCE) ? Optional.of(new Who.Reference(cells.text(ACCOUNT_REFERENCE)))
        : cells.card(CARD).map(Who.Card::new);
  }

  private static List<SaleTerms.Goods> goods(Cells cells, long amount) {
    String product = cells.text(PRODUCT);
    String name = cells.text("product_name");
    long category = cells.number("category", 0, Integer.MAX_VALUE, 0);
    String categoryName = cells.text("category_name");
    long quantity = cells.number(QUANTITY, 1, Integer.MAX_VALUE, 1);
    long price = cells.has("unit_price") ? cells.amount("unit_price") : amount;
    return product.isEmpty() && name.isEmpty() ? List.of()
        : List.of(new SaleTerms.Goods(product, name, category, categoryName, quantity, price));
  }
}
