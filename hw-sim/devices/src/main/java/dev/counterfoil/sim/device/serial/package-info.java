/// Simple devices on a serial line: what they answer, and the thread that carries it.
@NullMarked
package dev.counterfoil.sim.device.serial;

import org.jspecify.annotations.NullMarked;
