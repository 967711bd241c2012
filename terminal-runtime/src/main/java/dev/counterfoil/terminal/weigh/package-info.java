/// From weights to prices. Pure.
@NullMarked
package dev.counterfoil.terminal.weigh;

import org.jspecify.annotations.NullMarked;
