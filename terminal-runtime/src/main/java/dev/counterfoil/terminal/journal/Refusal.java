package dev.counterfoil.terminal.journal;

/// Why this terminal approves nothing at present. The name is the stable code on the screen, in the
/// heartbeat's `state` and in HEALTH records; names are never reused or changed.
///
/// Order of precedence: when several hold, the first one is shown, because it has to be cured first.
public enum Refusal {
  /// The signing key cannot be read: file missing, or sealed for another board. Enrol again or restore the
  /// file.
  KEY_MISSING("signing key missing"),
  /// The chain goes on with a key that no file holds: the key files are older than the journal. Put the newer ones back
  /// or enrol again.
  UNKNOWN_KEY("signing key is older than journal"),
  /// The stored chain does not verify. The database is moved aside and rebuilt; nothing is deleted.
  CHAIN_BROKEN("journal does not verify"),
  /// The medium is read-only.
  READ_ONLY("storage is read-only"),
  /// The medium is full.
  DISK_FULL("storage is full"),
  /// A write or sync failed and the re-opened journal has not yet been verified.
  JOURNAL_FAULT("journal cannot be written"),
  /// The mirror knows records that the database lost; the server is asked for them first.
  MIRROR_AHEAD("records missing, asking server"),
  /// The server knows records that this terminal lost (an older image was restored); they are being fetched.
  ROLLED_BACK("records missing, fetching"),
  /// The server holds another record under one of this terminal's numbers. Enrol again; both branches are kept.
  FROZEN("frozen, enrol again"),
  /// Enrolled, but the second operator has not yet said so to the server; told by the first acknowledgement.
  NOT_CONFIRMED("enrolment not confirmed"),
  /// An operator locked this terminal from the server; the command `unlock` ends it.
  LOCKED("locked by the operator"),
  /// The configured number of records is stored and none may be pruned yet.
  JOURNAL_FULL("journal is full"),
  /// What may be approved without the server is used up; contact ends it.
  ALLOWANCE_USED_UP("offline allowance used up");

  private final String meaning;

  Refusal(String meaning) {
    this.meaning = meaning;
  }

  /// A few words for a small screen, in English.
  public String meaning() {
    return meaning;
  }
}
