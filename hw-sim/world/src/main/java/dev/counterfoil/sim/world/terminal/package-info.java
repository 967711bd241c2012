/// The terminals of the world: boards with a medium and a clock, runs of the real terminal core on them, and the people
/// in front of them.
@NullMarked
package dev.counterfoil.sim.world.terminal;

import org.jspecify.annotations.NullMarked;
