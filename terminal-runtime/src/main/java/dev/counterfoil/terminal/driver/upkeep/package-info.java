/// The thread of a device that must be opened, and opened again after each fault.
@NullMarked
package dev.counterfoil.terminal.driver.upkeep;

import org.jspecify.annotations.NullMarked;
