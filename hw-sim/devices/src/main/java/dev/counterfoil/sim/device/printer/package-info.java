/// A receipt printer that turns the very bytes into paper.
@NullMarked
package dev.counterfoil.sim.device.printer;

import org.jspecify.annotations.NullMarked;
