/// The simulated single-board computer: GPIO lines, I2C and SPI buses, and the Unix socket on which a
/// terminal reaches them.
@NullMarked
package dev.counterfoil.sim.device.board;

import org.jspecify.annotations.NullMarked;
