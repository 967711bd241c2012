package dev.counterfoil.terminal.outbox;

/// How far a record has come, with the wire codes of OFF-05 and the states of SM-06.
public enum SyncStatus {
  /// Durable here, not yet in the server's books. Sent again after every break until it is.
  QUEUED(0),
  /// Posted, or standing in the server's exception queue.
  SYNCED(1),
  /// The server refuses it for good. Kept, never dropped; a person must act.
  FAILED(2);

  private final int code;

  SyncStatus(int code) {
    this.code = code;
  }

  /// sync_status of OFF-05.
  public int code() {
    return code;
  }
}
