@NullMarked
package dev.counterfoil.terminal.device;

import org.jspecify.annotations.NullMarked;
