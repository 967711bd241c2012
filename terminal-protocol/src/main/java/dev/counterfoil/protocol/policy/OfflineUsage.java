package dev.counterfoil.protocol.policy;

/// What a terminal has already approved without the server, all of it read from durable state.
///
/// @param count                 approvals since the last contact
/// @param amountMinor           their sum, minor units
/// @param cardMinor             this card's part since the last contact
/// @param cardDayMinor          this card's approvals on the present day, whoever decided them
/// @param unsettledOwnMinor     own approved records of the account that its snapshot entry does not contain yet
/// @param snapshotAgeMillis     age of the account data
/// @param clock                 how long ago the last contact was
public record OfflineUsage(long count, long amountMinor, long cardMinor, long cardDayMinor,
    long unsettledOwnMinor, long snapshotAgeMillis, SinceContact clock) {

  /// Time since the last contact with the server, as well as a terminal can know it.
  ///
  /// @param trustedWall       whether the wall clock hangs on a server's time anchor of this boot or kept running
  /// @param wallMillis        difference of wall clocks; meaningless unless trusted
  /// @param monotonicMillis   durable sum of run time, which misses the time switched off
  /// @param blindReboots      starts since the last contact after which the wall clock could not be trusted
  public record SinceContact(boolean trustedWall, long wallMillis, long monotonicMillis, long blindReboots) {

    /// A lower bound of the time that has passed: whichever clock says more. A clock stepped back can therefore
    /// not lengthen the time a terminal may sell without the server.
    public long elapsedMillis() {
      return trustedWall ? Math.max(wallMillis, monotonicMillis) : monotonicMillis;
    }
  }
}
