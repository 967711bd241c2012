/// Amounts of money.
@NullMarked
package dev.counterfoil.protocol.money;

import org.jspecify.annotations.NullMarked;
