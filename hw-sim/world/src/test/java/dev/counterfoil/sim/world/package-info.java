/// Tests of the fleet simulator and, through it, of every core at once.
@NullMarked
package dev.counterfoil.sim.world;

import org.jspecify.annotations.NullMarked;
