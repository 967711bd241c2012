/// Model media of the terminals: what is durable, what is not yet, and how power, space and people take it away.
@NullMarked
package dev.counterfoil.sim.world.disk;

import org.jspecify.annotations.NullMarked;
