/// What terminals keep of accounts and blocked cards for offline use. Pure.
@NullMarked
package dev.counterfoil.settlement.snapshot;

import org.jspecify.annotations.NullMarked;
