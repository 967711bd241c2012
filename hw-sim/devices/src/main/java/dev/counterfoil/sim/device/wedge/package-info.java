/// A model of readers and scanners that type like a keyboard.
@NullMarked
package dev.counterfoil.sim.device.wedge;

import org.jspecify.annotations.NullMarked;
