package dev.counterfoil.settlement.store;

/// The newest version at which an account's offline-relevant state changed; one row an account.
public record AccountChangeRow(int site, long account, long version) {}
