/// Readers and scanners that pretend to be a keyboard.
@NullMarked
package dev.counterfoil.terminal.driver.wedge;

import org.jspecify.annotations.NullMarked;
