package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.sim.world.Swarm;

/// A calm day with a few faults, named one by one. Rates are those of [Swarm]: for each terminal in a thousand days.
final class Weather {
  private int forgeries;

  Weather forgeries(int perThousandDays) {
    forgeries = perThousandDays;
    return this;
  }

  Swarm swarm(long seed) {
    return new Swarm(seed, 0, 0, 0, 0, 5_000, 400_000, 0, 0, 0, 0, 0, 600_000_000L, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, forgeries, 0, 0);
  }
}
