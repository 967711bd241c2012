package dev.counterfoil.sim.world.disk;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.sim.world.MachineCrashed;
import dev.counterfoil.terminal.journal.CardUse;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.PruneAnchor;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.journal.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A terminal program's view of its medium during one run of the program. The medium itself (a [JournalImage])
/// survives; this object dies with the power.
///
/// Behaves as SQLite in WAL mode with `synchronous=FULL` was measured to behave: a unit is atomic, and durable when
/// `commit` returns. Each writing call first asks `faults` what befalls it.
public final class ModelJournalStore implements JournalStore {
  private final JournalImage image;
  private final Supplier<DiskFault> faults;
  private final Consumer<CommitUnit> committed;
  private final Consumer<List<JournalRecord>> removed;
  private boolean powerless;

  /// @param faults asked once for each writing call
  /// @param committed told of each unit in the moment in which it is durable, before any caller is
  /// @param removed told of the records that pruning takes from the medium for good, while they are still there
  public ModelJournalStore(JournalImage image, Supplier<DiskFault> faults, Consumer<CommitUnit> committed,
      Consumer<List<JournalRecord>> removed) {
    this.image = image;
    this.faults = faults;
    this.committed = committed;
    this.removed = removed;
  }

  public JournalImage image() {
    return image;
  }

  @Override
  public JournalState state() {
    return image.state();
  }

  @Override
  public void commit(CommitUnit unit) {
    DiskFault fault = faults.get();
    failBefore(fault);
    image.apply(unit);
    committed.accept(unit);
    failAfter(fault);
  }

  @Override
  public void prune(PruneAnchor anchor) {
    DiskFault fault = faults.get();
    failBefore(fault);
    if (!image.records().containsKey(anchor.position().seq())
        || anchor.position().seq() >= image.state().head().seq()) {
      throw new IllegalArgumentException(
          "anchor " + anchor.position() + " is not a stored record before the head");
    }
    removed.accept(List.copyOf(image.records().headMap(anchor.position().seq(), true).values()));
    image.prune(anchor);
    failAfter(fault);
  }

  private void failBefore(DiskFault fault) {
    if (powerless) {
      throw new IllegalStateException("a program without power wrote to its medium");
    }
    switch (fault) {
      case CUT_BEFORE, CUT_TORN -> {
        powerless = true;
        throw new MachineCrashed(fault.name());
      }
      case FULL -> throw new StoreException(StoreFailure.DISK_FULL, "model disk");
      case ERROR_NOT_KEPT -> throw new StoreException(StoreFailure.IO_ERROR, "model disk");
      case NONE, CUT_AFTER, ERROR_KEPT -> {
      }
    }
  }

  private void failAfter(DiskFault fault) {
    if (fault == DiskFault.CUT_AFTER) {
      powerless = true;
      throw new MachineCrashed(fault.name());
    }
    if (fault == DiskFault.ERROR_KEPT) {
      throw new StoreException(StoreFailure.IO_ERROR, "model disk");
    }
  }

  @Override
  public JournalState reopen() {
    return image.state();
  }

  @Override
  public List<JournalRecord> records(long fromSeq, int maxCount, int maxBytes) {
    return image.records(fromSeq, maxCount, maxBytes);
  }

  @Override
  public Optional<JournalRecord> record(long seq) {
    return Optional.ofNullable(image.records().get(seq));
  }

  @Override
  public List<JournalRecord> freshTail(int count) {
    return image.tail(count);
  }

  @Override
  public Optional<AccountEntry> account(CardToken token) {
    return image.account(token);
  }

  @Override
  public long accountCount() {
    return image.accountCount();
  }

  @Override
  public boolean denied(CardToken token) {
    return image.denied(token);
  }

  @Override
  public long spentAfter(long accountId, long asOfSeq) {
    return image.spentAfter(accountId, asOfSeq);
  }

  @Override
  public CardUse cardUse(CardToken token) {
    return image.cardUse(token);
  }

  @Override
  public long storedBytes() {
    return image.records().size() * 400L;
  }

  @Override
  public void close() {
    // The image outlives the program that used it.
  }
}
