package dev.counterfoil.terminal.journal;

/// The last CHECKPOINT_SEEN record.
///
/// @param seq the record; 0 = none yet
/// @param ackNumber acknowledgement it binds
/// @param receivedSeq the received mark of that acknowledgement
/// @param wallMillis wall clock of the record, milliseconds since 1970
public record CheckpointMark(long seq, long ackNumber, long receivedSeq, long wallMillis) {

  public static final CheckpointMark NONE = new CheckpointMark(0, 0, 0, 0);
}
