/// What stands on a receipt. Pure.
@NullMarked
package dev.counterfoil.terminal.receipt;

import org.jspecify.annotations.NullMarked;
