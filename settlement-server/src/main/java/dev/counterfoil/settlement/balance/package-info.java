/// What a holder's balance is and how it came about.
@NullMarked
package dev.counterfoil.settlement.balance;

import org.jspecify.annotations.NullMarked;
