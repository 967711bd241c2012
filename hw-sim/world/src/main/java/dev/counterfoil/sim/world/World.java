package dev.counterfoil.sim.world;

import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.sim.world.net.ModelNetwork;
import dev.counterfoil.sim.world.oracle.GroundTruth;
import dev.counterfoil.sim.world.oracle.OfflineExposure;
import java.util.SplittableRandom;

/// What everything in one run shares: time, trace, faults, coverage, network, truth and the seed.
///
/// @param clones most copies of terminals that may run beside the originals; they have network places of their own
public record World(Swarm swarm, Scale scale, Signers signers, EventQueue queue, Trace trace,
    FaultScript script,
    Coverage coverage, ModelNetwork network, GroundTruth truth, Holders holders, Tally tally, int clones) {

  /// Server time at the start of every run: midnight of a Monday, Unix milliseconds.
  public static final long START_MILLIS = 1_795_392_000_000L;

  /// The one site of the world.
  public static final int SITE = 1;
  public static final String CURRENCY = "CNY";

  public static World of(Swarm swarm, Scale scale, Signers signers) {
    var trace = new Trace();
    var queue = new EventQueue(trace);
    var script = new FaultScript();
    int clones = Math.max(2, scale.terminals() / 4);
    return new World(swarm, scale, signers, queue, trace, script, new Coverage(),
        new ModelNetwork(queue, trace, script, swarm, scale.terminals() + clones),
        new GroundTruth(scale.terminals(), caps(allowance(swarm))),
        new Holders(scale.holders(), scale.days(), new SplittableRandom(swarm.seed() * 17 + 3)), new Tally(),
        clones);
  }

  /// What terminals may approve alone. Every fourth town allows little, so that allowances run out within a day.
  public static OfflineCaps allowance(Swarm swarm) {
    OfflineCaps usual = OfflineCaps.DEFAULT;
    return swarm.seed() % 4 != 0 ? usual
        : new OfflineCaps(12, usual.maxAmountMinor(), usual.maxElapsedMillis(), usual.perTapMinor(),
            usual.perCardMinor(), usual.perCardDayMinor(), usual.maxSnapshotAgeMillis(),
            usual.maxBlindReboots());
  }

  private static OfflineExposure.Caps caps(OfflineCaps allowed) {
    return new OfflineExposure.Caps(allowed.maxCount(), allowed.maxAmountMinor(), allowed.perTapMinor(),
        allowed.perCardMinor());
  }

  /// The true time, which the server's clock shows.
  public long trueMillis() {
    return START_MILLIS + queue.nowMillis();
  }

  /// How often the server tells its terminals of changed accounts, in microseconds. The real one does so every second;
  /// here it differs from run to run, and old snapshots are what overspending comes from. A big town hears less often,
  /// because each round costs terminals times accounts.
  public long newsMicros() {
    return 300_000_000L * (1 + Math.floorMod(swarm.seed(), 7)) * Math.max(1, scale.terminals() / 100);
  }

  /// A stream of random numbers of its own for each purpose, so that one consumer's draw never shifts another's.
  public SplittableRandom random(int purpose, int actor) {
    return new SplittableRandom((swarm.seed() * 1_000_003 + purpose) * 1_000_003 + actor);
  }
}
