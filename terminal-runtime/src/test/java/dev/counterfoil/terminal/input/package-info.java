@NullMarked
package dev.counterfoil.terminal.input;

import org.jspecify.annotations.NullMarked;
