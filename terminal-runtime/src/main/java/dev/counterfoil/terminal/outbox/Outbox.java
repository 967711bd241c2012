package dev.counterfoil.terminal.outbox;

import dev.counterfoil.proto.v1.AckStatement;

/// How far the journal has been taken over by the server. The journal itself is the queue: what lies beyond the mark
/// is sent, in order, until the mark has passed it (OFF-03, OFF-04). Immutable.
///
/// @param received durable on the server
/// @param settled  posted or in the exception queue
/// @param safe     checked and copied
/// @param refusedFrom first record that the server refuses for good, 0 = none
public record Outbox(long received, long settled, long safe, long refusedFrom) {

  public static Outbox of(AckStatement ack) {
    return new Outbox(ack.getReceived().getSeq(), ack.getSettled().getSeq(), ack.getSafe().getSeq(), 0);
  }

  /// After an acknowledgement. A refusal stands until the server has taken the record after all.
  public Outbox acknowledged(AckStatement ack) {
    var next = of(ack);
    return new Outbox(next.received, next.settled, next.safe, next.received >= refusedFrom ? 0 : refusedFrom);
  }

  /// After the server refused a record, and so all that follow it.
  public Outbox refused(long fromSeq) {
    return new Outbox(received, settled, safe, fromSeq);
  }

  public SyncStatus statusOf(long seq) {
    if (seq <= settled) {
      return SyncStatus.SYNCED;
    }
    return refusedFrom > 0 && seq >= refusedFrom ? SyncStatus.FAILED : SyncStatus.QUEUED;
  }

  /// One line for the log (SYN-02).
  public String describe(long head) {
    return "head=" + head + " received=" + received + " settled=" + settled + " safe=" + safe
        + (refusedFrom > 0 ? " refused_from=" + refusedFrom : "");
  }
}
