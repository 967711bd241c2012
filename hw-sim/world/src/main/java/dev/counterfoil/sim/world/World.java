package dev.counterfoil.sim.world;

import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.sim.world.net.ModelNetwork;
import dev.counterfoil.sim.world.oracle.GroundTruth;
import dev.counterfoil.sim.world.oracle.OfflineExposure;
import java.time.Duration;
import java.util.SplittableRandom;

/// What everything in one run shares: time, trace, faults, coverage, network, truth and the seed.
///
/// @param clones most copies of terminals that may run beside the originals; they have network places of their own
/// @param allowance what the server lets terminals approve alone
/// @param limits of the links
/// @param newsMicros how often the server tells its terminals of changed accounts
public record World(Swarm swarm, Scale scale, Signers signers, EventQueue queue, Trace trace,
    FaultScript script,
    Coverage coverage, ModelNetwork network, GroundTruth truth, Holders holders, Tally tally, int clones,
    OfflineCaps allowance, LinkLimits limits, long newsMicros) {

  /// Server time at the start of every run: midnight of a Monday, Unix milliseconds.
  public static final long START_MILLIS = 1_795_392_000_000L;

  /// The one site of the world.
  public static final int SITE = 1;
  public static final String CURRENCY = "CNY";

  /// The real links' limits, with pings every two minutes instead of every half, so that idle hours cost little.
  private static final LinkLimits QUIET_LINKS = new LinkLimits(1 << 20, 500, 256 * 1024, 16,
      Duration.ofSeconds(10), Duration.ofSeconds(5), 1_000, Duration.ofSeconds(360), 200, 8,
      Duration.ofSeconds(120));
  private static final long A_SECOND = 1_000_000;

  /// A town, with everything drawn from the seed of `swarm`.
  public static World of(Swarm swarm, Scale scale, Signers signers) {
    var holders = new Holders(scale.holders(), scale.days(), new SplittableRandom(swarm.seed() * 17 + 3));
    return of(swarm, scale, signers, holders, allowance(swarm), QUIET_LINKS, newsMicros(swarm, scale));
  }

  /// A place where nothing fails by itself and everything is as a real terminal's: for people who look on.
  ///
  /// @param terminals most that will be enrolled
  public static World calm(long seed, int terminals, Holders holders, Signers signers) {
    return of(Swarm.calm(seed), new Scale(terminals, 1, 1, holders.all().size()), signers, holders,
        OfflineCaps.DEFAULT, LinkLimits.DEFAULT, A_SECOND);
  }

  private static World of(Swarm swarm, Scale scale, Signers signers, Holders holders, OfflineCaps allowance,
      LinkLimits limits, long newsMicros) {
    var trace = new Trace();
    var queue = new EventQueue(trace);
    var script = new FaultScript();
    int clones = Math.max(2, scale.terminals() / 4);
    return new World(swarm, scale, signers, queue, trace, script, new Coverage(),
        new ModelNetwork(queue, trace, script, swarm, scale.terminals() + clones),
        new GroundTruth(scale.terminals(), caps(allowance)), holders, new Tally(), clones, allowance, limits,
        newsMicros);
  }

  /// What terminals may approve alone. Every fourth town allows little, so that allowances run out within a day.
  private static OfflineCaps allowance(Swarm swarm) {
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

  /// In microseconds. The real server tells its news every second;
  /// here it differs from run to run, and old snapshots are what overspending comes from. A big town hears less often,
  /// because each round costs terminals times accounts.
  private static long newsMicros(Swarm swarm, Scale scale) {
    return 300_000_000L * (1 + Math.floorMod(swarm.seed(), 7)) * Math.max(1, scale.terminals() / 100);
  }

  /// A stream of random numbers of its own for each purpose, so that one consumer's draw never shifts another's.
  public SplittableRandom random(int purpose, int actor) {
    return new SplittableRandom((swarm.seed() * 1_000_003 + purpose) * 1_000_003 + actor);
  }
}
