package dev.counterfoil.settlement.ledger;

/// What operators may move for holders; the site's, in minor units. The contract names the first one, the others are ours
///
///
/// @param transferMaxMinor largest single transfer (TRF-03, LIM-10; per transfer, A-49)
/// @param withdrawalMinMinor smallest withdrawal
/// @param withdrawalMaxMinor largest withdrawal
/// @param withdrawalPerDayMinor largest sum of one account's withdrawals on one day, rejected and failed ones not counted
public record MoveLimits(long transferMaxMinor, long withdrawalMinMinor, long withdrawalMaxMinor,
    long withdrawalPerDayMinor) {

  public static final MoveLimits DEFAULT = new MoveLimits(200_000, 100, 200_000, 500_000);
}
