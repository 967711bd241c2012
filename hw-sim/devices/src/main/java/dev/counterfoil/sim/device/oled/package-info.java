/// Graphic displays on I2C that keep their memory from the very bytes.
@NullMarked
package dev.counterfoil.sim.device.oled;

import org.jspecify.annotations.NullMarked;
