/// A pole display over a serial wire.
@NullMarked
package dev.counterfoil.sim.device.pole;

import org.jspecify.annotations.NullMarked;
