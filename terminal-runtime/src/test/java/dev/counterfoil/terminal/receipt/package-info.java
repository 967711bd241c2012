@NullMarked
package dev.counterfoil.terminal.receipt;

import org.jspecify.annotations.NullMarked;
