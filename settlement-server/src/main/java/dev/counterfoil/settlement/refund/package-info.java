/// Paying back what was sold.
@NullMarked
package dev.counterfoil.settlement.refund;

import org.jspecify.annotations.NullMarked;
