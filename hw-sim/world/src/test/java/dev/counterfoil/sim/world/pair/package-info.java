/// One terminal's journal and the settlement core on real files, joined by their real sessions.
@NullMarked
package dev.counterfoil.sim.world.pair;

import org.jspecify.annotations.NullMarked;
