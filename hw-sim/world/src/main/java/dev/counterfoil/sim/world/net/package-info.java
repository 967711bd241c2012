/// The model network: ordered pipes that stall, break, lie about being open and lose what was in flight.
@NullMarked
package dev.counterfoil.sim.world.net;

import org.jspecify.annotations.NullMarked;
