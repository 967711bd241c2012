/// Card readers on two Wiegand wires.
@NullMarked
package dev.counterfoil.terminal.driver.wiegand;

import org.jspecify.annotations.NullMarked;
