package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.journal.TillReferences;
import java.util.List;
import java.util.Optional;

/// What became of a [JournalTask], and how the journal stands after it.
///
/// @param refusal why no sale can be written now, empty if one can
public record JournalAnswer(JournalTask task, Outcome outcome, JournalState state,
    Optional<Refusal> refusal) {

  /// What became of the task.
  public sealed interface Outcome {}

  /// Durable. Only now may an effect that waits for it be released.
  ///
  /// @param records those the task asked for, in order
  public record Done(List<JournalRecord> records) implements Outcome {}

  public record Found(CardFacts facts) implements Outcome {}

  /// @param sold what was sold under the reference before
  public record Referenced(Optional<TillReferences.Sold> sold) implements Outcome {}

  public record Loaded(List<JournalRecord> records) implements Outcome {}

  /// @param capacityRecords records that the journal may hold
  /// @param storedBytes     what it occupies, 0 where that means nothing
  /// @param mirrorWell      whether the mirror is kept
  public record Diagnosed(long capacityRecords, long storedBytes, boolean mirrorWell) implements Outcome {}

  /// Not done.
  ///
  /// @param code stable: a [Refusal] or a reason code of the protocol
  /// @param inDoubt it was a write that may be durable all the same, which a later [Reopened] tells
  public record Failed(String code, String detail, boolean inDoubt) implements Outcome {

    public Failed(String code, String detail) {
      this(code, detail, false);
    }
  }

  /// An attempt was made to read the journal anew.
  ///
  /// @param known whether it could be read, so that what did not land is known not to have happened
  /// @param landed records of the failed attempt that turned out to be durable
  public record Reopened(boolean known, List<JournalRecord> landed) implements Outcome {}
}
