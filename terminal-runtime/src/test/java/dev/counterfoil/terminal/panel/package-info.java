/// Display, keypad, lamps and doctor together, on the simulated board.
@NullMarked
package dev.counterfoil.terminal.panel;

import org.jspecify.annotations.NullMarked;
