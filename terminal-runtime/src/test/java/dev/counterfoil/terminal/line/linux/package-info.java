@NullMarked
package dev.counterfoil.terminal.line.linux;

import org.jspecify.annotations.NullMarked;
