/// A model of readers on two Wiegand wires.
@NullMarked
package dev.counterfoil.sim.device.wiegand;

import org.jspecify.annotations.NullMarked;
