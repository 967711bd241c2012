package dev.counterfoil.sim.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What went wrong on purpose in one run: a counter per class and the list of the faults that were planned (those
/// of single frames follow from the seed and are only counted).
public final class FaultScript {
  /// One planned fault.
    ///
    /// @param atMicros virtual time
    /// @param actor terminal index, or -1 for the server
    /// @param detail a duration in microseconds, a write number or another figure that belongs to the kind
  public record Line(long atMicros, FaultKind kind, int actor, long detail) {
    @Override
    public String toString() {
      return String.format(java.util.Locale.ROOT, "%11.3f s  %-28s %s  %d", atMicros / 1_000_000.0, kind,
          actor < 0 ? "server" : "terminal " + actor, detail);
    }
  }

  private final long[] counts = new long[FaultKind.values().length];
  private final List<Line> lines = new ArrayList<>();

  public void planned(long atMicros, FaultKind kind, int actor, long detail) {
    counts[kind.ordinal()]++;
    lines.add(new Line(atMicros, kind, actor, detail));
  }

  public void counted(FaultKind kind) {
    counts[kind.ordinal()]++;
  }

  public List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  public Map<FaultKind, Long> counters() {
    Map<FaultKind, Long> all = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      all.put(kind, counts[kind.ordinal()]);
    }
    return all;
  }
}
