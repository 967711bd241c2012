/// Models of scales.
@NullMarked
package dev.counterfoil.sim.device.scale;

import org.jspecify.annotations.NullMarked;
