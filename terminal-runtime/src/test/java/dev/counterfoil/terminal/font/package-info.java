@NullMarked
package dev.counterfoil.terminal.font;

import org.jspecify.annotations.NullMarked;
