package dev.counterfoil.settlement.copy;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;

/// Where the verified copy of all records goes. Append-only, one stream of exact record bytes a terminal.
/// Belongs to one thread.
public interface SafeCopy extends AutoCloseable {

  /// Last record of a terminal's stream that is durable and reads back well; {@link ChainPosition} of seq 0 if none.
  /// Repairs a tail that a crash cut short.
  ///
  /// @throws CopyException if the copy cannot be read, or holds something else than it should
  ChainPosition position(int site, int terminal);

  /// Appends records, makes them durable, reads them back and compares each byte and link. May block for the disk.
  ///
  /// @param records in order, following {@link #position}
  /// @throws CopyException if that failed; the copy is as it was before or repairs itself at the next call
  void append(int site, int terminal, List<JournalRecord> records);

  /// Nothing open any more. A second call does nothing.
  @Override
  void close();
}
