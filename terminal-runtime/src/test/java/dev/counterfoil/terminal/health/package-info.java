@NullMarked
package dev.counterfoil.terminal.health;

import org.jspecify.annotations.NullMarked;
