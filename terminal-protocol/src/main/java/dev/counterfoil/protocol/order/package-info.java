/// Meals that holders order for a day and collect at a counter.
@NullMarked
package dev.counterfoil.protocol.order;

import org.jspecify.annotations.NullMarked;
