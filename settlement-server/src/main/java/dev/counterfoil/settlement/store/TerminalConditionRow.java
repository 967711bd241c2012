package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.journal.TimeQuality;

/// What a terminal last said of itself. Nothing is decided by it; people read it.
///
/// @param heardMs      when, server time; up to a minute behind the terminal's newest word
/// @param state        READY, or the code of why it sells nothing
/// @param startCause   why its run began, `UNKNOWN` for a word that this server does not know
/// @param starts       runs of its program so far
/// @param startedMs    when this run began, server time
/// @param records      stored in it
/// @param capacity     records that it may store before sales end
/// @param clockAheadMs its board's own clock less the server's time
/// @param devices      those that have failed in this run, `name:CODE:failures` each, `WELL` for one that works again,
///                     with commas
public record TerminalConditionRow(int site, int terminal, long heardMs, String state, String software,
    String startCause,
    long starts, long startedMs, long records, long capacity, long unsent, TimeQuality timeQuality,
    long clockAheadMs,
    long snapshotVersion, long denyVersion, String devices) {

  /// Whether both say the same about what people must learn at once; figures that rise by themselves do not count.
  public boolean isLike(TerminalConditionRow other) {
    return state.equals(other.state) && software.equals(other.software)
        && startCause.equals(other.startCause) && starts == other.starts
        && timeQuality == other.timeQuality && devices.equals(other.devices);
  }
}
