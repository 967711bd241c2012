/// The Pi4J providers that a terminal loads to reach a simulated board.
@NullMarked
package dev.counterfoil.sim.device.pi4j;

import org.jspecify.annotations.NullMarked;
