package dev.counterfoil.settlement.store;

/// Running numbers of one site. A number given out to a unit that is not committed is not used again before the
/// memory is read anew, so numbers rise but may have holes between units.
public final class SiteNumbers {

  private static final long LEAP = 1_000_000_000;

  private int terminal;
  private long account;
  private long card;
  private long ledger;
  private long transfer;
  private long exception;
  private long snapshotVersion;
  private long denyVersion;

  SiteNumbers(Counters counters) {
    this.terminal = counters.terminal();
    this.account = counters.account();
    this.card = counters.card();
    this.ledger = counters.ledger();
    this.transfer = counters.transfer();
    this.exception = counters.exception();
    this.snapshotVersion = counters.snapshotVersion();
    this.denyVersion = counters.denyVersion();
  }

  public int nextTerminal() {
    return ++terminal;
  }

  public long nextAccount() {
    return ++account;
  }

  public long nextCard() {
    return ++card;
  }

  public long nextLedger() {
    return ++ledger;
  }

  public long nextTransfer() {
    return ++transfer;
  }

  public long nextException() {
    return ++exception;
  }

  public long nextSnapshotVersion() {
    return ++snapshotVersion;
  }

  public long nextDenyVersion() {
    return ++denyVersion;
  }

  /// After a restore without any row that carries a version.
  void atLeast(long snapshotBase, long denyBase) {
    snapshotVersion = Math.max(snapshotVersion, snapshotBase);
    denyVersion = Math.max(denyVersion, denyBase);
  }

  /// Leaves room for every version that may have been given out after a backup was taken.
  void leap() {
    snapshotVersion = Math.addExact(snapshotVersion, LEAP);
    denyVersion = Math.addExact(denyVersion, LEAP);
  }

  /// Newest version of the accounts that terminals keep for offline use.
  public long snapshotVersion() {
    return snapshotVersion;
  }

  /// Newest version of the deny list.
  public long denyVersion() {
    return denyVersion;
  }
}
