package dev.counterfoil.settlement.store;

/// One subsidy of a holder, with its own balance and end.
///
/// @param ledger its ledger account, which is its number too
/// @param funding ledger account that it came from and falls back to
/// @param name what it was granted for and when, such as `meal/2026-11`: an account gets it once (SUB-11)
/// @param expiresMs server time from which it is not spent any more, 0 for never
/// @param dueMs when the clock must look at it, 0 for never
/// @param live may still be spent, or has a rest that the clock takes back
public record PurseRow(int site, long ledger, long account, long funding, String name, long expiresMs,
    long dueMs,
    boolean live) {

  public boolean isOver(long nowMs) {
    return expiresMs != 0 && expiresMs <= nowMs;
  }

  public PurseRow withDue(long nextMs, boolean nextLive) {
    return new PurseRow(site, ledger, account, funding, name, expiresMs, nextMs, nextLive);
  }
}
