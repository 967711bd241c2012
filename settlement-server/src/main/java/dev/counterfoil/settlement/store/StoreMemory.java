package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.audit.AuditEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hot rows and running numbers in front of a store. It is the one way to commit, so what it remembers is always what
/// the store holds: after a success it takes over the rows of the unit, after anything else it forgets everything and
/// reads anew. Belongs to the one thread that writes.
public final class StoreMemory {

  private final SettlementStore store;
  private final Map<Integer, SiteMemory> sites = new HashMap<>();
  private final SiteTurns turns;
  private long forgotten;
  private @Nullable AdminRow deed;
  private @Nullable OpenUnit open;
  private @Nullable Consumer<CommitUnit> rider;
  private final Map<TerminalId, TerminalMemory> terminals = new HashMap<>();
  private final Map<Long, TerminalId> places = new HashMap<>();

  public StoreMemory(SettlementStore store) {
    this.store = store;
    this.turns = new SiteTurns(store);
  }

  /// Does a piece of work that reads, decides and commits, and does it again from its beginning when another server
  /// committed to its site meanwhile. Only the first commit of a piece of work can be done again: a later one that loses
  /// has {@link CommitOutcome.SiteMoved} as its outcome. Work within work belongs to the outer one.
  public <T> T inTurn(Supplier<T> work) {
    return turns.isUnderWay() ? work.get() : turns.run(work, this::forgetMoved);
  }

  /// For everything that is not asked often.
  public SettlementReads reads() {
    turns.know(this::forgetMoved);
    return store;
  }

  /// Another number whenever other servers' doings made this memory forget something.
  public long forgotten() {
    return forgotten;
  }

  /// See {@link SettlementStore#isShared}.
  public boolean isShared() {
    return store.isShared();
  }

  private void forgetMoved(Set<Integer> moved) {
    forgotten++;
    sites.keySet().removeAll(moved);
    terminals.values().removeIf(memory -> moved.contains(memory.row().site()));
  }

  /// @throws IllegalArgumentException if there is no such site
  public SiteMemory site(int site) {
    turns.know(this::forgetMoved);
    SiteMemory known = sites.get(site);
    if (known == null) {
      SiteRow row = store.site(site).orElseThrow(() -> new IllegalArgumentException("no site " + site));
      known = new SiteMemory(store, row);
      sites.put(site, known);
    }
    return known;
  }

  public Optional<TerminalMemory> terminal(TerminalId id) {
    turns.know(this::forgetMoved);
    TerminalMemory known = terminals.get(id);
    if (known == null) {
      known = store.terminal(id).map(row -> TerminalMemory.load(store, row)).orElse(null);
      if (known != null) {
        terminals.put(id, known);
        places.put(place(known.row().site(), known.row().terminal()), id);
      }
    }
    return Optional.ofNullable(known);
  }

  public Optional<TerminalMemory> terminal(int site, int terminal) {
    return reads().terminal(site, terminal).flatMap(row -> terminal(row.terminalId()));
  }

  /// The next unit is an operator's doing and says so in his log; one deed, one unit.
  ///
  /// @param next null when the deed is over, whether or not it changed anything
  public void attribute(@Nullable AdminRow next) {
    deed = next;
  }

  /// Runs work that commits at most once and holds its unit back until `complete` has added what follows from the result,
  /// such as the answer to the caller and its entry in the audit trail. So both become durable together, or neither.
  ///
  /// @return what the work came to; empty if the unit could not be committed: nothing was changed, a retry is safe
  public <T> Optional<T> inOneUnit(Supplier<T> work, BiConsumer<CommitUnit, T> complete) {
    var holding = new OpenUnit();
    open = holding;
    T result;
    try {
      result = work.get();
    } finally {
      open = null;
    }
    complete.accept(holding.unit(), result);
    return commit(holding.unit()).isCommitted() ? Optional.of(result) : Optional.empty();
  }

  /// Rows that belong to what another desk is about to commit: they go into the next unit that is not empty, and are
  /// durable with it or not at all.
  ///
  /// @param next null when the other desk is done, whether or not it committed anything
  public void alongside(@Nullable Consumer<CommitUnit> next) {
    rider = next;
  }

  /// See {@link SettlementStore#commit}. Inside of {@link #inOneUnit} the unit waits, and what is read is still what was
  /// before it.
  public CommitOutcome commit(CommitUnit unit) {
    if (rider != null && !unit.isEmpty()) {
      rider.accept(unit);
      rider = null;
    }
    if (open != null) {
      return open.hold(unit);
    }
    boolean committed = false;
    turns.know(this::forgetMoved);
    if (deed != null && !unit.isEmpty()) {
      unit.logDeed(deed);
      unit.appendAudit(store.auditChain(deed.site()).append(entry(deed)));
      unit.sign(deed.operator(), "");
    }
    turns.expect(unit);
    try {
      CommitOutcome outcome = store.commit(unit);
      committed = outcome.isCommitted();
      if (committed) {
        deed = unit.isEmpty() ? deed : null;
        turns.committed(unit);
        takeOver(unit);
      }
      return turns.ended(outcome);
    } finally {
      if (!committed) {
        forget();
      }
    }
  }

  /// An operator's command in the audit trail: its values are its object, what it was before is not told.
  private static AuditEntry entry(AdminRow deed) {
    String action = deed.command().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    String object = deed.detail().isEmpty() ? "site=" + deed.site() : deed.detail();
    return new AuditEntry(Instant.ofEpochMilli(deed.atMs()), deed.operator(), action, object, "", "", "");
  }

  /// Drops everything remembered, for a unit that was begun and given up.
  public void forget() {
    sites.clear();
    terminals.clear();
    places.clear();
    forgotten++;
    turns.forget();
  }

  private void takeOver(CommitUnit unit) {
    // A changed terminal is read again when it is next asked for; a moved head is worth keeping.
    unit.terminals().forEach(row -> terminals.remove(row.terminalId()));
    if (!unit.terminalKeys().isEmpty() || !unit.epochs().isEmpty()) {
      terminals.values().removeIf(memory -> touches(unit, memory.row()));
    }
    if (!unit.heads().isEmpty()) {
      takeOverHeads(unit);
    }
    unit.sites().forEach(row -> sites.remove(row.site()));
    sites.values().forEach(memory -> memory.takeOver(unit));
  }

  private static boolean touches(CommitUnit unit, TerminalRow row) {
    return unit.terminalKeys().stream()
        .anyMatch(k -> k.site() == row.site() && k.terminal() == row.terminal())
        || unit.epochs().stream().anyMatch(e -> e.site() == row.site() && e.terminal() == row.terminal());
  }

  private void takeOverHeads(CommitUnit unit) {
    for (HeadUpdate update : unit.heads()) {
      HeadRow next = update.next();
      TerminalId id = places.get(place(next.site(), next.terminal()));
      if (id != null) {
        terminals.computeIfPresent(id, (_, memory) -> memory.withHead(next));
      }
    }
  }

  private static long place(int site, int terminal) {
    return (long) site << 32 | terminal;
  }
}
