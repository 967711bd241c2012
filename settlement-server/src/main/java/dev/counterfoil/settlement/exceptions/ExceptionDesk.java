package dev.counterfoil.settlement.exceptions;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.StoreMemory;
import java.util.List;

/// Shows and resolves what people must look at. Resolving notes who decided what; it moves no money by itself.
/// Belongs to the core's thread.
public final class ExceptionDesk {

  private final StoreMemory memory;

  public ExceptionDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// The oldest first.
  public List<ExceptionRow> list(int site, boolean openOnly, long after, int limit) {
    return memory.reads().exceptions(site, openOnly, after, limit);
  }

  /// @throws RefusedException EXCEPTION_UNKNOWN or EXCEPTION_RESOLVED; nothing was changed
  public ExceptionRow resolve(int site, long exception, String how, String who, long nowMs) {
    ExceptionRow row = memory.reads().exception(site, exception)
        .orElseThrow(() -> new RefusedException("EXCEPTION_UNKNOWN", "no exception " + exception));
    if (!row.isOpen()) {
      throw new RefusedException("EXCEPTION_RESOLVED",
          "exception " + exception + " was resolved by " + row.resolvedBy());
    }
    ExceptionRow resolved = row.resolved(how, who, nowMs);
    if (!memory.commit(new CommitUnit().resolveException(resolved)).isCommitted()) {
      throw new RefusedException("EXCEPTION_RESOLVED", "exception " + exception + " was resolved meanwhile");
    }
    return resolved;
  }
}
