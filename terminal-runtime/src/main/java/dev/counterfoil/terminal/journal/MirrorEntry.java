package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.Optional;

/// What the mirror keeps of one record.
///
/// @param record the record itself, where the mirror keeps bytes
public record MirrorEntry(ChainPosition position, Optional<JournalRecord> record) {

  public static MirrorEntry digest(ChainPosition position) {
    return new MirrorEntry(position, Optional.empty());
  }

  public static MirrorEntry whole(JournalRecord record) {
    return new MirrorEntry(record.position(), Optional.of(record));
  }
}
