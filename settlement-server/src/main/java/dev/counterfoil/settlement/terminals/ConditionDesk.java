package dev.counterfoil.settlement.terminals;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps what each terminal last said of itself, and puts a start that nobody had ordered into the exception queue: once
/// a day, terminal and cause, so that a loose plug is one entry.
///
/// What changed in words is durable within a second, figures alone within a minute, all of them in one commit: hundreds
/// of terminals that say every half minute that all is well must not cost the disk a write each. A crash of the server
/// loses no more than the terminals say again. Belongs to the core's thread.
public final class ConditionDesk {

  /// How long mere figures may wait for each other.
  static final long FIGURES_MILLIS = 60_000;
  /// Ends of a run that nobody ordered.
  private static final Set<String> UNORDERLY = Set.of("POWER", "WATCHDOG", "CRASH");

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final Map<TerminalId, TerminalConditionRow> newest = new HashMap<>();
  private final Set<TerminalId> changed = new LinkedHashSet<>();
  private final Set<TerminalId> older = new LinkedHashSet<>();
  private long figuresMs = Long.MIN_VALUE;

  public ConditionDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// Takes a terminal's word.
  ///
  /// @return why its run began, when this is the first that is heard of that run
  public Optional<String> heard(TerminalId id, TerminalWord word, long nowMs) {
    Optional<TerminalMemory> terminal = memory.terminal(id);
    if (terminal.isEmpty()) {
      return Optional.empty();
    }
    var place = terminal.get().row();
    Optional<TerminalConditionRow> before = Optional.ofNullable(newest.get(id))
        .or(() -> memory.reads().condition(place.site(), place.terminal()));
    TerminalConditionRow row = word.row(place, before, nowMs);
    newest.put(id, row);
    (before.filter(row::isLike).isPresent() ? older : changed).add(id);
    boolean began = before.filter(known -> known.starts() == row.starts()).isEmpty();
    if (began && UNORDERLY.contains(row.startCause())) {
      raise(place.name(), row, nowMs);
    }
    return began ? Optional.of(row.startCause()) : Optional.empty();
  }

  private void raise(String name, TerminalConditionRow row, long nowMs) {
    SiteMemory site = memory.site(row.site());
    String key = row.terminal() + ":" + row.startCause() + ":" + settings.dayAt(nowMs);
    if (site.isRaised(ExceptionKind.UNORDERLY_START + ":" + key)) {
      return;
    }
    var unit = new CommitUnit();
    var books = new Books(site, memory.reads(), unit, nowMs);
    books.raise(ExceptionKind.UNORDERLY_START, key, row.terminal(), 0, Optional.empty(), 0, 0,
        name + ": its run before ended by " + row.startCause() + "; start " + row.starts());
    books.close();
    memory.commit(unit);
  }

  /// Makes durable what is due. Call about once a second.
  public void tick(long nowMs) {
    boolean figures = figuresMs == Long.MIN_VALUE || nowMs - figuresMs >= FIGURES_MILLIS;
    var due = new LinkedHashSet<>(changed);
    if (figures) {
      due.addAll(older);
      figuresMs = nowMs;
    }
    if (!due.isEmpty()) {
      write(List.copyOf(due));
    }
  }

  private void write(List<TerminalId> due) {
    var rows = new ArrayList<TerminalConditionRow>(due.size());
    due.forEach(id -> Optional.ofNullable(newest.get(id)).ifPresent(rows::add));
    var unit = new CommitUnit();
    rows.forEach(unit::putCondition);
    if (memory.commit(unit).isCommitted()) {
      due.forEach(changed::remove);
      due.forEach(older::remove);
    }
  }
}
