package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;

/// What a start does about journal and mirror: the rows of the table in section 5 of the journal page.
public sealed interface RecoveryAction {

  /// Both end at the same record. Nothing is lost.
  record Agree() implements RecoveryAction {}

  /// The mirror ends earlier, or there is none: an ordinary power cut. It is written anew, without alarm.
  record RebuildMirror() implements RecoveryAction {}

  /// The database lost records that the mirror still holds whole. They go back in; sales wait for a new
  /// epoch, because a database that forgot once may have forgotten more than the mirror knows.
  record Reinsert(List<JournalRecord> records) implements RecoveryAction {

    public Reinsert {
      records = List.copyOf(records);
    }
  }

  /// The database lost records of which the mirror holds digests only. The server is asked; what it cannot
  /// supply becomes a GAP. Until then nothing is written, since it would take the number of a lost record.
  ///
  /// @param fromSeq first lost record
  /// @param mirrorHead last record the mirror knows
  record AskServer(long fromSeq, ChainPosition mirrorHead) implements RecoveryAction {}

  /// Both hold a record of one number with different hashes. Nothing is written until an operator has looked.
  record Contradiction(long seq) implements RecoveryAction {}
}
