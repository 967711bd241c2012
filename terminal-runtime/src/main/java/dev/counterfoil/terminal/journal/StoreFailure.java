package dev.counterfoil.terminal.journal;

/// Why a store did not do what it was asked. The name is the stable code in log lines and health reports.
public enum StoreFailure {
  /// No room left. Nothing of the unit was kept for certain only after a re-open says so. Not worth a retry.
  DISK_FULL(Refusal.DISK_FULL),
  /// The medium became read-only, as SD cards do at the end of their life, or the file's mode forbids
  /// writing.
  READ_ONLY(Refusal.READ_ONLY),
  /// A read, write or sync failed. Whether the unit is durable is unknown; never repeat the call, re-open.
  IO_ERROR(Refusal.JOURNAL_FAULT),
  /// The file is not a readable database of this program any more. Recovery moves it aside, nothing deletes
  /// it.
  CORRUPT(Refusal.CHAIN_BROKEN),
  /// Somebody else holds the file's write lock: a second terminal program on the same journal.
  LOCKED(Refusal.JOURNAL_FAULT),
  /// The unit was built on a head that is not the store's. Nothing was written.
  STALE_HEAD(Refusal.JOURNAL_FAULT),
  /// The database was written by a newer version of this program.
  NEWER_SCHEMA(Refusal.JOURNAL_FAULT),
  /// There is no journal at this path; it is created at enrolment and never on the way.
  ABSENT(Refusal.JOURNAL_FAULT);

  private final Refusal refusal;

  StoreFailure(Refusal refusal) {
    this.refusal = refusal;
  }

  /// What the screen and the heartbeat show while this failure stands.
  public Refusal refusal() {
    return refusal;
  }
}
