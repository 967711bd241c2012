package dev.counterfoil.settlement.copy;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.ingest.RecordRun;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HeadUpdate;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.List;
import java.util.Optional;

/// Moves SAFE: asks the core what is verified and not yet copied, and takes the result in. The copying itself is the
/// caller's, on a thread that may block. After a crash between copy and mark the copy is ahead; it is asked first and
/// the mark follows it.
public final class CopySteps {

  private final StoreMemory memory;

  public CopySteps(StoreMemory memory) {
    this.memory = memory;
  }

  /// Records of one terminal that may be copied.
  public record Work(TerminalId terminal, int site, int number, List<JournalRecord> records) {}

  /// Whether the copy's last record is the database's own under that number, or one that the database lacks yet. After a
  /// restore a terminal may have enrolled anew and grown another branch; SAFE must not follow the one that is gone.
  public boolean isOurs(TerminalId id, ChainPosition copied) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    TerminalRow row = terminal.row();
    return copied.seq() == 0 || copied.seq() > terminal.head().received().seq()
        || memory.reads().recordKey(row.site(), row.terminal(), copied.seq())
            .filter(key -> key.hash().equals(copied.hash())).isPresent();
  }

  /// Verified records behind a terminal's place in the copy.
  ///
  /// @param copied the copy's own position
  public Optional<Work> next(TerminalId id, ChainPosition copied, int maxRecords, int maxBytes) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    TerminalRow row = terminal.row();
    long limit = limit(terminal.head());
    if (copied.seq() >= limit) {
      return Optional.empty();
    }
    List<JournalRecord> records = RecordRun.read(memory.reads(), row.site(), row.terminal(), copied.seq() + 1,
        limit,
        maxRecords, maxBytes);
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(new Work(id, row.site(), row.terminal(), records));
  }

  /// The copy stands at `copied`: SAFE follows as far as signatures are checked, and only on our own branch.
  ///
  /// @return whether the mark rose
  public boolean copied(TerminalId id, ChainPosition copied) {
    HeadRow head = memory.terminal(id).orElseThrow().head();
    if (copied.seq() <= head.safe().seq() || copied.seq() > limit(head) || !isOurs(id, copied)) {
      return false;
    }
    return memory.commit(new CommitUnit().moveHead(HeadUpdate.replacing(head, head.withSafe(copied))))
        .isCommitted();
  }

  /// SAFE never passes an unchecked record, nor a bad one that nobody has decided on.
  private static long limit(HeadRow head) {
    return head.badSeq() == 0 ? head.verifiedSeq() : Math.min(head.verifiedSeq(), head.badSeq() - 1);
  }
}
