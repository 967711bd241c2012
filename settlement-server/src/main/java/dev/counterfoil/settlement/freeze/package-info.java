/// Freezing and unfreezing amounts and accounts. Pure.
@NullMarked
package dev.counterfoil.settlement.freeze;

import org.jspecify.annotations.NullMarked;
