@NullMarked
package dev.counterfoil.terminal.line;

import org.jspecify.annotations.NullMarked;
