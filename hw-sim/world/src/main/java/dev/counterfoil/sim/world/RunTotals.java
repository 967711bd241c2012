package dev.counterfoil.sim.world;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What several runs saw together, and whether that was enough to be believed.
public final class RunTotals {
  private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
  private final Map<NamedState, Long> states = new EnumMap<>(NamedState.class);
  private long taps;
  private int runs;
  private int failures;

  public static RunTotals of(List<RunReport> reports) {
    RunTotals totals = new RunTotals();
    reports.forEach(totals::add);
    return totals;
  }

  public void add(RunReport report) {
    runs++;
    taps += report.taps();
    report.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    report.states().forEach((state, count) -> states.merge(state, count, Long::sum));
    if (report.failure().isPresent()) {
      failures++;
    }
  }

  public long taps() {
    return taps;
  }

  public int runs() {
    return runs;
  }

  public int failures() {
    return failures;
  }

  public Map<FaultKind, Long> faults() {
    return new EnumMap<>(faults);
  }

  /// Faults that nobody dealt out: "no violation" says nothing about them.
  public List<FaultKind> idleFaults() {
    return List.of(FaultKind.values()).stream().filter(kind -> faults.getOrDefault(kind, 0L) == 0).toList();
  }

  /// States that no run was in.
  public List<NamedState> missingStates() {
    return Coverage.missing(states);
  }

  /// Counters and states as two lines of text.
  public String table() {
    return "faults " + faults + System.lineSeparator() + "states " + states;
  }
}
