/// One simulated terminal hardware set, and the commands that run a single model alone.
@NullMarked
package dev.counterfoil.sim.device;

import org.jspecify.annotations.NullMarked;
