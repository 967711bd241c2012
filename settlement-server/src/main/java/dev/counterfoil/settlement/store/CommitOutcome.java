package dev.counterfoil.settlement.store;

import java.util.SortedSet;

/// How a {@link CommitUnit} ended when nothing was wrong with the storage itself.
public sealed interface CommitOutcome {

  /// Everything is durable.
  record Committed() implements CommitOutcome {}

  /// Nothing was written: another writer moved this terminal's head. Read it again and decide anew.
  record HeadMoved(int site, int terminal) implements CommitOutcome {}

  /// Nothing was written: another server committed to one of these sites since they were read, or holds one of them.
  /// Read them anew and decide anew.
  record SiteMoved(SortedSet<Integer> sites) implements CommitOutcome {}

  /// Nothing was written: a key that must be new exists, or a row to be updated does not, or an enrolment code was
  /// used already. Read again and decide anew; the same unit would fail again.
  ///
  /// @param what which rows and which key, for the log
  record KeyConflict(String what) implements CommitOutcome {}

  /// Whether everything is durable.
  default boolean isCommitted() {
    return this instanceof Committed;
  }
}
