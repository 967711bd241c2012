/// The deterministic fleet simulator: the production cores of terminals and server in one thread, virtual time,
/// one seed, with model disks and a model network that fail on purpose, and an oracle that knows what was shown.
@NullMarked
package dev.counterfoil.sim.world;

import org.jspecify.annotations.NullMarked;
