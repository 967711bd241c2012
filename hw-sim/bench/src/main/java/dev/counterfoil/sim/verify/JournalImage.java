package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import java.util.List;

/// A terminal's journal as found on its disk.
///
/// @param name          name of the terminal
/// @param startSeq      seq before the first record still there; 0 when nothing was pruned
/// @param startHash     hash there
/// @param startTurnover turnover there
/// @param headSeq       last record that the journal itself says it has
/// @param records       exact bytes in order of seq
public record JournalImage(String name, long startSeq, Hash startHash, long startTurnover, long headSeq,
    List<byte[]> records) {

  public JournalImage {
    records = List.copyOf(records);
  }

  /// The start is where the first record says that it begins; whether that is true, the server's copy tells.
  static JournalImage of(String name, long headSeq, List<byte[]> records) {
    if (!records.isEmpty()) {
      try {
        JournalRecord first = JournalRecord.parse(records.getFirst());
        return new JournalImage(name, first.seq() - 1, first.previous(), first.turnover() - first.amount(),
            headSeq,
            records);
      } catch (RecordFormatException _) {
        // The chain check names the damage.
        return new JournalImage(name, 0, Hash.ZERO, 0, headSeq, records);
      }
    }
    return new JournalImage(name, 0, Hash.ZERO, 0, headSeq, records);
  }
}
