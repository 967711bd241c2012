package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;

/// What became of a write.
public sealed interface WriteResult {

  /// Durable. Only now may the effect be released: "approved", unlock, print.
  ///
  /// @param records one for each entry asked for, in order; without those that the writer added itself
  /// @param state the durable state after it
  record Committed(List<JournalRecord> records, JournalState state) implements WriteResult {

    public Committed {
      records = List.copyOf(records);
    }

    /// The record of a write of one entry.
    public JournalRecord record() {
      return records.getFirst();
    }
  }

  /// The terminal cannot write at present.
  ///
  /// @param detail for the log; never card data
  /// @param inDoubt the medium failed in the midst of it: the attempt may be durable all the same, and only
  ///     [JournalWriter#reopen] can tell. Until then nobody may be told that it failed.
  record Refused(Refusal reason, String detail, boolean inDoubt) implements WriteResult {

    /// Nothing of it was tried.
    public Refused(Refusal reason, String detail) {
      this(reason, detail, false);
    }
  }

  /// The entry itself cannot be a record, such as one with [ReasonCode#BODY_TOO_LARGE]. Nothing was signed or
  /// written, the journal goes on, and the same entry will be rejected again.
  record Rejected(ReasonCode reason, String detail) implements WriteResult {}
}
