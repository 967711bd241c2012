package dev.counterfoil.settlement.mealorder;

import dev.counterfoil.protocol.id.TransactionId;

/// What a record says of the order that it collects.
///
/// @param order  its number as the record has it
/// @param holder account behind the record's card, 0 if nobody's
/// @param payableMinor what was to be paid, minor units
public record Collected(TransactionId transaction, int terminal, long seq, long order, long holder,
    long payableMinor) {}
