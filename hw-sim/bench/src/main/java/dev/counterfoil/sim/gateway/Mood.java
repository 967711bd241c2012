package dev.counterfoil.sim.gateway;

import java.util.EnumMap;
import java.util.Map;

/// Misbehaviours still to come. Thread-safe.
final class Mood {

  private final Map<Misbehaviour, Integer> left = new EnumMap<>(Misbehaviour.class);

  synchronized void add(Misbehaviour kind, int times) {
    left.merge(kind, times, Integer::sum);
  }

  /// @return whether to misbehave like that this time
  synchronized boolean take(Misbehaviour kind) {
    int before = left.getOrDefault(kind, 0);
    left.put(kind, Math.max(0, before - 1));
    return before > 0;
  }
}
