package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.sim.world.Swarm;

/// A calm day with a few faults, named one by one. Rates are those of [Swarm]: for each terminal in a thousand days.
final class Weather {
  private static final long MINUTE = 60_000_000;

  private int forgeries;
  private int cuts;
  private int kills;
  private int outages;
  private int outageMinutes = 10;
  private int mediumFaults;
  private int rollBacks;
  private int clockSteps;
  private int copyStalls;
  private int partitions;
  private int serverCrashes;
  private long delayMicros = 5_000;

  Weather forgeries(int perThousandDays) {
    forgeries = perThousandDays;
    return this;
  }

  Weather powerCuts(int perThousandDays) {
    cuts = perThousandDays;
    return this;
  }

  Weather kills(int perThousandDays) {
    kills = perThousandDays;
    return this;
  }

  Weather outages(int perThousandDays, int minutes) {
    outages = perThousandDays;
    outageMinutes = minutes;
    return this;
  }

  Weather mediumFaults(int perThousandDays) {
    mediumFaults = perThousandDays;
    return this;
  }

  Weather rollBacks(int perThousandDays) {
    rollBacks = perThousandDays;
    return this;
  }

  Weather clockSteps(int perThousandDays) {
    clockSteps = perThousandDays;
    return this;
  }

  Weather copyStalls(int perDay) {
    copyStalls = perDay;
    return this;
  }

  /// So many before a commit, and as many after one.
  Weather serverCrashes(int perDay) {
    serverCrashes = perDay;
    return this;
  }

  Weather partitions(int perThousandDays) {
    partitions = perThousandDays;
    return this;
  }

  /// Frames arrive before a medium has done its next write.
  Weather fast() {
    delayMicros = 400;
    return this;
  }

  Swarm swarm(long seed) {
    return new Swarm(seed, 0, 0, 0, 0, delayMicros, 400_000, 0, 0, 0, partitions, outages,
        outageMinutes * MINUTE, 0,
        cuts, kills, 0, 0, mediumFaults, rollBacks, 0, 0, clockSteps, serverCrashes, 0, copyStalls, forgeries,
        0, 0);
  }
}
