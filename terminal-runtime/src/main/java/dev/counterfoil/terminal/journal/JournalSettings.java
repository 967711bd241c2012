package dev.counterfoil.terminal.journal;

import java.time.Duration;

/// Limits and intervals of the journal; each has the default that the requirement names.
///
/// @param capacityRecords records stored before sales are refused with [Refusal#JOURNAL_FULL]
/// @param warnPercent share of the capacity from which health warns, 1-100
/// @param verifyEvery records after which the tail is read back through a fresh connection and verified
/// @param mirrorSyncEvery records after which the mirror is synced
/// @param mirrorSyncMillis time after which the mirror is synced
/// @param checkpointEvery records between two CHECKPOINT_SEEN, unless `checkpointMillis` have passed
/// @param checkpointMillis time between two CHECKPOINT_SEEN, unless `checkpointEvery` records have
/// @param declineWindowMillis how long equal declines of one card and reason are counted into one record
/// @param referenceRecords newest records in which a till's repeated reference is recognised
public record JournalSettings(long capacityRecords, int warnPercent, int verifyEvery, int mirrorSyncEvery,
    long mirrorSyncMillis, int checkpointEvery, long checkpointMillis, long declineWindowMillis,
    int referenceRecords) {

  public static final JournalSettings DEFAULT = new JournalSettings(1_000_000, 80, 100, 100, 1_000, 100,
      Duration.ofMinutes(10).toMillis(), Duration.ofSeconds(10).toMillis(), 10_000);

  /// Records beyond the capacity that are kept free for what must still be written when sales are refused:
  /// the OUTCOME of an INTENT, a VOID, declines, the link's bookkeeping.
  public static final int RESERVE_RECORDS = 1_000;

  public JournalSettings {
    if (capacityRecords < 1 || warnPercent < 1 || warnPercent > 100 || verifyEvery < 1 || mirrorSyncEvery < 1
        || mirrorSyncMillis < 1 || checkpointEvery < 1 || checkpointMillis < 1 || declineWindowMillis < 0
        || referenceRecords < 1) {
      throw new IllegalArgumentException("journal limits must be positive");
    }
  }

  public JournalSettings withCapacity(long records) {
    return new JournalSettings(records, warnPercent, verifyEvery, mirrorSyncEvery, mirrorSyncMillis,
        checkpointEvery, checkpointMillis, declineWindowMillis, referenceRecords);
  }

  public JournalSettings withReferenceRecords(int records) {
    return new JournalSettings(capacityRecords, warnPercent, verifyEvery, mirrorSyncEvery, mirrorSyncMillis,
        checkpointEvery, checkpointMillis, declineWindowMillis, records);
  }
}
