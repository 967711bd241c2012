package dev.counterfoil.sim.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How often each named state was reached in one run.
public final class Coverage {
  private final long[] reached = new long[NamedState.values().length];

  public void reach(NamedState state) {
    reached[state.ordinal()]++;
  }

  public boolean has(NamedState state) {
    return reached[state.ordinal()] > 0;
  }

  public Map<NamedState, Long> counts() {
    Map<NamedState, Long> all = new EnumMap<>(NamedState.class);
    for (NamedState state : NamedState.values()) {
      all.put(state, reached[state.ordinal()]);
    }
    return all;
  }

  /// The states of which `total` (counts of several runs, added) says that nobody was there.
  public static List<NamedState> missing(Map<NamedState, Long> total) {
    List<NamedState> none = new ArrayList<>();
    for (NamedState state : NamedState.values()) {
      if (total.getOrDefault(state, 0L) == 0) {
        none.add(state);
      }
    }
    return none;
  }
}
