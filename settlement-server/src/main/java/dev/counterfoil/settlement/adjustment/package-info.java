/// Adjustments by two operators, and taking wrong transactions back. Pure.
@NullMarked
package dev.counterfoil.settlement.adjustment;

import org.jspecify.annotations.NullMarked;
