package dev.counterfoil.settlement.imports;

/// How much of something a file brings.
///
/// @param what   such as `SALE_IMPORTED` or `card`
/// @param count  rows that are new
/// @param amount of them, minor units
public record Tally(String what, long count, long amount) {}
