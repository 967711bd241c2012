package dev.counterfoil.sim.world;

import java.util.SplittableRandom;

/// The parameters of one run, all drawn from its seed: every seed is another kind of bad day. Rates are in parts per
/// million of what they apply to, durations in microseconds, "per day" counts are per terminal and virtual day unless
/// the name says server.
public record Swarm(long seed, int lossPpm, int duplicatePpm, int reorderPpm, int slowPpm, long delayMicros,
    long slowMicros,
    int ackLostPpm, int lateDecisionPpm, int resetPpm, int partitionsPerThousandDays,
    int outagesPerThousandDays,
    long outageMicros, int stormsPerDay, int powerCutsPerThousandDays, int killsPerThousandDays,
    int cutSeriesPerThousandDays,
    int stallPpm, int diskFullPerThousandDays, int rollbacksPerThousandDays, int clonesPerThousandDays,
    int mirrorLossPerThousandDays, int clockStepsPerThousandDays, int serverCrashesPerDay,
    int serverRestoresPerThousandDays,
    int copyStallsPerDay, int forgeriesPerThousandDays, int freezesPerDay, int denialsPerDay) {

  /// Draws the parameters of `seed`. Each class of fault is present in three of four runs.
  public static Swarm of(long seed) {
    Draw draw = new Draw(new SplittableRandom(scattered(seed)));
    return new Swarm(seed, draw.upTo(2_000), draw.upTo(20_000), draw.upTo(20_000), draw.upTo(5_000),
        2_000 + draw.always(60_000),
        400_000 + draw.always(4_000_000), draw.upTo(5_000), draw.upTo(10_000), draw.upTo(500),
        draw.upTo(3_000),
        draw.upTo(400), 600_000_000L + draw.always(1_800_000_000), draw.upTo(3), draw.upTo(1_500),
        draw.upTo(500),
        draw.upTo(80), draw.upTo(300), draw.upTo(60), draw.upTo(60), draw.upTo(60), draw.upTo(120),
        draw.upTo(500),
        draw.upTo(6), draw.upTo(1_500), draw.upTo(3), draw.upTo(60), draw.upTo(40), draw.upTo(40));
  }

  /// Neighbouring seeds far apart. A generator that is seeded with a multiple of its own increment (the golden ratio's,
  /// here) runs through the numbers of its neighbour, one draw later: half of the days would be twins.
  private static long scattered(long seed) {
    long mixed = (seed + 17) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 32;
  }

  /// A day on which nothing breaks; for baselines and for mutants that need no fault.
  public static Swarm calm(long seed) {
    return new Swarm(seed, 0, 0, 0, 0, 5_000, 400_000, 0, 0, 0, 0, 0, 600_000_000L, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 10, 10);
  }

  private record Draw(SplittableRandom random) {
    int upTo(int most) {
      boolean present = random.nextInt(4) != 0;
      int value = 1 + random.nextInt(most);
      return present ? value : 0;
    }

    int always(int most) {
      return random.nextInt(most);
    }
  }
}
