package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;

/// A business event as a record of a terminal states it: who, where, how much.
///
/// @param terminal the site's number of the terminal
/// @param amount minor units, above 0
/// @param offline decided without the server (OFF-05)
/// @param terminalMs terminal's wall clock, data only
/// @param terms what else the record says
public record RecordedSale(TransactionId id, int terminal, long seq, long amount, String currency,
    boolean offline,
    long terminalMs, SaleTerms terms) {}
