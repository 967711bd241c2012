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
