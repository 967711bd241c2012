/// Withdrawals: asked for, approved by a second operator, paid out or given back. Pure.
@NullMarked
package dev.counterfoil.settlement.withdrawal;

import org.jspecify.annotations.NullMarked;
