@NullMarked
package dev.counterfoil.terminal.journal;

import org.jspecify.annotations.NullMarked;
