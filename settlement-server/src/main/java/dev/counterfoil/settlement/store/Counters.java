package dev.counterfoil.settlement.store;

/// Highest numbers in use at a site; the core counts on from these in memory.
public record Counters(
    int terminal,
    long account,
    long card,
    long ledger,
    long transfer,
    long exception,
    long snapshotVersion,
    long denyVersion) {

  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0, 0);
}
