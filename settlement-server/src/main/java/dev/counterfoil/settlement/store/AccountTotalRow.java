package dev.counterfoil.settlement.store;

/// What an account's transactions of one kind come to; read from the transactions, kept nowhere (ACC-20).
///
/// @param amount sum, minor units, with the sign that the transactions have
/// @param lastMs server time of the newest one
public record AccountTotalRow(TransactionKind kind, long count, long amount, long lastMs) {}
