package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.id.Hash;
import java.util.List;

/// A terminal's journal as found on its disk.
///
/// @param name       name of the terminal
/// @param startSeq   seq before the first record still there; 0 when nothing was pruned
/// @param startHash  hash there; the enrolment certificate's when nothing was pruned
/// @param startTurnover turnover there
/// @param records    exact bytes in order of seq
public record JournalImage(String name, long startSeq, Hash startHash, long startTurnover,
    List<byte[]> records) {

  public JournalImage {
    records = List.copyOf(records);
  }
}
