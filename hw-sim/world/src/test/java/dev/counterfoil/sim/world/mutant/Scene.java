package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.sim.world.Scale;
import dev.counterfoil.sim.world.Swarm;

/// A day made so that one family of bugs has something to do. Small, so that a mutant costs a second at most.
public enum Scene {
  /// Some of everything, as the fleet runs have it.
  EVERYTHING(new Scale(5, 1, 60, 40)) {
    @Override
    Swarm swarm(long seed) {
      return Swarm.of(seed);
    }
  },
  /// Somebody on the wire pushes in the terminals' names.
  FORGERS(new Scale(2, 1, 20, 10)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().forgeries(4_000).swarm(seed);
    }
  },
  /// The second medium of the server stands still for hours.
  COPY_STANDS_STILL(new Scale(3, 1, 60, 20)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().copyStalls(20).swarm(seed);
    }
  },
  /// Power fails again and again, also while a terminal starts.
  POWER_CUTS(new Scale(4, 1, 60, 20)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().powerCuts(90_000).fast().swarm(seed);
    }
  },
  /// Media report errors over sales that they keep or do not keep, and are full at times.
  MEDIA_ERR(new Scale(4, 1, 60, 40)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().mediumFaults(2_000).swarm(seed);
    }
  },
  /// Media are replaced by older images of themselves.
  ROLL_BACKS(new Scale(4, 1, 60, 20)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().rollBacks(4_000).swarm(seed);
    }
  },
  /// Long hours without the server, and many restarts.
  CUT_OFF(new Scale(4, 1, 150, 60)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().outages(4_000, 100).kills(20_000).swarm(seed);
    }
  },
  /// Clocks jump by up to 400 days either way.
  CLOCKS_JUMP(new Scale(4, 1, 100, 40)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().clockSteps(3_000).outages(3_000, 100).swarm(seed);
    }
  },
  /// Lines break while something is on them.
  LINES_BREAK(new Scale(4, 1, 60, 40)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().partitions(20_000).swarm(seed);
    }
  },
  /// Nothing fails, and hardly anybody comes.
  QUIET(new Scale(2, 1, 20, 8)) {
    @Override
    Swarm swarm(long seed) {
      return Swarm.calm(seed);
    }
  },
  /// Nothing fails, and the office has much to do.
  OFFICE(new Scale(2, 1, 60, 300)) {
    @Override
    Swarm swarm(long seed) {
      return Swarm.calm(seed);
    }
  },
  /// Nothing fails; holders live on what they are granted.
  SUBSIDIES(new Scale(3, 1, 300, 16)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().swarm(seed);
    }
  },
  /// The server crashes every hour.
  SERVER_CRASHES(new Scale(2, 1, 60, 40)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().serverCrashes(8).swarm(seed);
    }
  },
  /// Ordered meals are handed out, often without the server.
  MEALS(new Scale(4, 1, 150, 24, 4)) {
    @Override
    Swarm swarm(long seed) {
      return new Weather().outages(4_000, 100).kills(10_000).swarm(seed);
    }
  },
  /// Nothing fails.
  CALM(new Scale(4, 1, 50, 40)) {
    @Override
    Swarm swarm(long seed) {
      return Swarm.calm(seed);
    }
  };

  private final Scale scale;

  Scene(Scale scale) {
    this.scale = scale;
  }

  Scale scale() {
    return scale;
  }

  abstract Swarm swarm(long seed);
}
