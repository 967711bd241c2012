package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// The sale that a till's own number stands for, for ever (PAY-17).
///
/// @param reference as the till gave it, unique for its terminal
/// @param seq the record that booked it
/// @param amount minor units
public record TillReferenceRow(int site, int terminal, String reference, TransactionId transaction, long seq,
    long amount) {}
