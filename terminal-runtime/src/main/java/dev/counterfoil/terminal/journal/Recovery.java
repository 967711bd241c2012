package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Decides what a start does, from where the verified journal ends and what the mirror holds. Pure.
public final class Recovery {

  private Recovery() {}

  /// @param head last record of the journal, its tail verified
  /// @param stored looks up the position of a stored record; empty for one that was pruned or lies in a gap
  /// @param mirror what the mirror could read, ascending
  public static RecoveryAction decide(ChainPosition head, LongFunction<Optional<ChainPosition>> stored,
      List<MirrorEntry> mirror) {
    if (mirror.isEmpty()) {
      return new RecoveryAction.RebuildMirror();
    }
    ChainPosition mirrorHead = mirror.getLast().position();
    if (mirrorHead.seq() == head.seq()) {
      return mirrorHead.equals(head)
          ? new RecoveryAction.Agree()
          : new RecoveryAction.Contradiction(head.seq());
    }
    return mirrorHead.seq() < head.seq()
        ? behind(mirrorHead, stored)
        : ahead(head, mirror);
  }

  private static RecoveryAction behind(ChainPosition mirrorHead,
      LongFunction<Optional<ChainPosition>> stored) {
    boolean fits = stored.apply(mirrorHead.seq()).map(mirrorHead::equals).orElse(true);
    return fits ? new RecoveryAction.RebuildMirror() : new RecoveryAction.Contradiction(mirrorHead.seq());
  }

  private static RecoveryAction ahead(ChainPosition head, List<MirrorEntry> mirror) {
    for (MirrorEntry entry : mirror) {
      if (entry.position().seq() == head.seq() && !entry.position().equals(head)) {
        return new RecoveryAction.Contradiction(head.seq());
      }
    }
    List<MirrorEntry> lost = mirror.stream().filter(entry -> entry.position().isAfter(head)).toList();
    List<JournalRecord> whole = lost.stream().flatMap(entry -> entry.record().stream()).toList();
    boolean complete = whole.size() == lost.size() && whole.getFirst().previous().equals(head.hash());
    return complete
        ? new RecoveryAction.Reinsert(whole)
        : new RecoveryAction.AskServer(head.seq() + 1, lost.getLast().position());
  }
}
