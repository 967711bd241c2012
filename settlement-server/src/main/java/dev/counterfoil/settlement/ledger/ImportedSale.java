package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.SaleSubType;
import java.util.List;

/// A sale that another system made.
///
/// @param reference its number there
/// @param source    the other system
/// @param merchant  our number of who sold
/// @param card      our number of the card, 0 where none is named
/// @param amount    paid, minor units, above 0
/// @param discount  taken off the original price, minor units
/// @param soldMs    when, Unix milliseconds: data, never an order
/// @param operator  who took it over
public record ImportedSale(TransactionId id, String source, String reference, long merchant, long card,
    long amount, long discount, SaleSubType subType, List<SaleTerms.Goods> goods, long soldMs,
    String operator) {

  public ImportedSale {
    goods = List.copyOf(goods);
  }
}
