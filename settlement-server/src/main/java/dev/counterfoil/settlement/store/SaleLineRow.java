package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// Goods of one sale (PAY-13).
///
/// @param line 1 or more
/// @param category 0 for none
/// @param unitPriceMinor minor units
public record SaleLineRow(int site, TransactionId transaction, int line, String product, String productName,
    long category, String categoryName, long quantity, long unitPriceMinor) {}
