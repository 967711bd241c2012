@NullMarked
package dev.counterfoil.terminal.status;

import org.jspecify.annotations.NullMarked;
