/// Models of keypads that are no part of the panel.
@NullMarked
package dev.counterfoil.sim.device.keypad;

import org.jspecify.annotations.NullMarked;
