package dev.counterfoil.settlement.store;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets several servers work on one database as if each were alone. What a server keeps of a site is as good as the
/// site's version that it knows, which is never younger than what was read. A piece of work begins by asking for the
/// versions; its unit is written only if they still stand. Where they do not, the work is done once more while the
/// sites are held, so that it cannot lose again. Costs a store of a single process nothing.
///
/// Belongs to the one thread that writes.
final class SiteTurns {

  /// Beyond this the sites are so crowded that the caller should hear of it.
  private static final int MOST_TURNS = 4;

  private final SettlementStore store;
  private @Nullable SortedMap<Integer, Long> known;
  private boolean underWay;
  private boolean mayRepeat;

  SiteTurns(SettlementStore store) {
    this.store = store;
  }

  /// A unit was lost to another server, and nothing was committed before it.
  private static final class LostTurn extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final transient SortedSet<Integer> sites;

    LostTurn(SortedSet<Integer> sites) {
      super("another server committed to sites " + sites, null, false, false);
      this.sites = sites;
    }
  }

  /// Whether a piece of work has begun, or can never be disturbed.
  boolean isUnderWay() {
    return underWay || !store.isShared();
  }

  /// @param moved told which sites other servers committed to since they were last looked at
  <T> T run(Supplier<T> work, Consumer<Set<Integer>> moved) {
    underWay = true;
    try {
      var held = new TreeSet<Integer>();
      for (int turn = 1;; turn++) {
        look(moved);
        mayRepeat = turn < MOST_TURNS;
        try {
          return work.get();
        } catch (LostTurn lost) {
          held.addAll(lost.sites);
          store.claim(held);
        }
      }
    } finally {
      underWay = false;
      mayRepeat = false;
      store.release();
    }
  }

  /// Before anything is read of which somebody may remember something.
  void know(Consumer<Set<Integer>> moved) {
    if (known == null && store.isShared()) {
      look(moved);
    }
  }

  private void look(Consumer<Set<Integer>> moved) {
    SortedMap<Integer, Long> before = known;
    SortedMap<Integer, Long> now = new TreeMap<>(store.siteVersions());
    known = now;
    var changed = new HashSet<>(now.keySet());
    if (before != null) {
      changed.removeIf(site -> Objects.equals(now.get(site), before.get(site)));
    }
    if (!changed.isEmpty()) {
      moved.accept(changed);
    }
  }

  void expect(CommitUnit unit) {
    SortedMap<Integer, Long> versions = known;
    if (versions != null) {
      unit.touchedSites().forEach(site -> unit.expectVersion(site, versions.getOrDefault(site, 0L)));
    }
  }

  void committed(CommitUnit unit) {
    SortedMap<Integer, Long> versions = known;
    if (versions != null) {
      unit.touchedSites().forEach(site -> versions.merge(site, 1L, Long::sum));
    }
    mayRepeat = false;
  }

  CommitOutcome ended(CommitOutcome outcome) {
    if (mayRepeat && outcome instanceof CommitOutcome.SiteMoved(var sites)) {
      throw new LostTurn(sites);
    }
    return outcome;
  }

  void forget() {
    known = null;
  }
}
