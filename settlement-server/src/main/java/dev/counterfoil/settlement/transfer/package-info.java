/// Transfers between holders: to one, to many, and back. Pure.
@NullMarked
package dev.counterfoil.settlement.transfer;

import org.jspecify.annotations.NullMarked;
