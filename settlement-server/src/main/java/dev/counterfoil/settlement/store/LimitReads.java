package dev.counterfoil.settlement.store;

/// What limits of counts and sums ask, by account. Every method may throw {@link StoreException}.
public interface LimitReads {

  /// Approvals of one account, also those whose purchase was given up later.
  record Approvals(long inHour, long today) {}

  /// Recharges of one account that were not taken back.
  ///
  /// @param sumMinor minor units
  record Recharges(long count, long sumMinor) {}

  /// @param hourFromMs server time from which the hour counts
  /// @param dayFromMs server time from which the day counts
  Approvals approvals(int site, long account, long hourFromMs, long dayFromMs);

  /// @param sinceMs server time
  Recharges recharges(int site, long account, long sinceMs);
}
