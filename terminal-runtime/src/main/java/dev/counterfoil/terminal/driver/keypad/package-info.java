/// A matrix keypad of four rows and four columns on GPIO pins.
@NullMarked
package dev.counterfoil.terminal.driver.keypad;

import org.jspecify.annotations.NullMarked;
