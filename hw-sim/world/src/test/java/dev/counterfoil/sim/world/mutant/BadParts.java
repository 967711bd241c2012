package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.settlement.store.CommitOutcome;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.WriteResult;
import java.util.List;
import java.util.Objects;

/// What seeded bugs put in the place of sound parts.
public final class BadParts {

  private BadParts() {}

  /// Says that a record is durable and writes nothing.
  public static WriteResult pretend(JournalWriter writer, Entry entry, RecordCircumstances now) {
    Objects.requireNonNull(entry);
    Objects.requireNonNull(now);
    return new WriteResult.Committed(List.of(), writer.state());
  }

  /// Says that a unit is committed and commits nothing.
  public static CommitOutcome pretend(StoreMemory memory, CommitUnit unit) {
    Objects.requireNonNull(memory);
    Objects.requireNonNull(unit);
    return new CommitOutcome.Committed();
  }
}
