/// Issuing, binding and blocking cards. Pure.
@NullMarked
package dev.counterfoil.settlement.card;

import org.jspecify.annotations.NullMarked;
