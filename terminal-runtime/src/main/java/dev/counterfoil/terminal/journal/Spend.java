package dev.counterfoil.terminal.journal;

/// One own record that moved an account's money.
///
/// @param seq the record
/// @param accountId the server's id
/// @param amountMinor plus for a sale, minus for a void, minor units
public record Spend(long seq, long accountId, long amountMinor) {}
