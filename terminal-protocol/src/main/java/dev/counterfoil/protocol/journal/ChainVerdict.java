package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.ReasonCode;
import java.util.List;

/// The judgement of a run of records.
public sealed interface ChainVerdict {

  /// All records continue the chain and the signature asked for is good.
  ///
  /// @param state where the chain stands now
  /// @param records the records in order
  record Accepted(ChainState state, List<JournalRecord> records) implements ChainVerdict {

    public Accepted {
      records = List.copyOf(records);
    }
  }

  /// The first record that cannot be accepted; nothing after it was looked at, and nothing before it may be used
  /// either, because the head signature that was to cover it was not reached.
  ///
  /// @param index place of the record in the run, from 0
  /// @param seq its sequence number, 0 if it cannot be read
  record Refused(ReasonCode reason, int index, long seq) implements ChainVerdict {}
}
