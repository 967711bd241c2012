/// Is this terminal well: the installer's check of every device.
@NullMarked
package dev.counterfoil.terminal.health;

import org.jspecify.annotations.NullMarked;
