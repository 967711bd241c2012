package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;

/// The oldest records, once read and found too young to go, so that they are not read again after every sale. A journal
/// begins with a GENESIS of unknown age; without this, each look would read a whole step. One thread.
final class YoungWindow {

  private static final long NOBODY = -1;

  private long origin = NOBODY;
  private long youngUntil;

  /// Whether a look would find nothing that it did not find before.
  boolean holds(JournalState state) {
    return origin == state.origin().seq() && state.ack().statement().getServerMs() <= youngUntil;
  }

  /// Nothing of `window` may go now: until the server's time has passed the first of these ages, nothing will. Records
  /// that are all of unknown age say nothing about when.
  void remember(JournalState state, List<JournalRecord> window) {
    origin = state.origin().seq();
    youngUntil = Pruning.KEPT_FOR.toMillis()
        + window.stream().filter(Pruning::isAnchored).mapToLong(JournalRecord::wallMillis).min().orElse(0);
  }

  /// What was read may have changed.
  void forget() {
    origin = NOBODY;
  }
}
