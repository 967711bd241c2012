package dev.counterfoil.settlement.store;

import org.jspecify.annotations.Nullable;

/// Holds back the one unit of a piece of work; see {@link StoreMemory#inOneUnit}.
final class OpenUnit {

  private @Nullable CommitUnit held;

  /// @throws IllegalStateException on a second unit: between the two a crash could part them
  CommitOutcome hold(CommitUnit unit) {
    if (held != null) {
      throw new IllegalStateException("a piece of work commits once");
    }
    held = unit;
    return new CommitOutcome.Committed();
  }

  /// What was held, or a new one for work that changed nothing.
  CommitUnit unit() {
    CommitUnit unit = held == null ? new CommitUnit() : held;
    // The same one to whoever asks next: the answer goes into it before it is committed.
    held = unit;
    return unit;
  }
}
