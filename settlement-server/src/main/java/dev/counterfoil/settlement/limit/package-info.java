/// What the site allows at most: rules about amounts, counts and times. Pure, without a clock or a store.
@NullMarked
package dev.counterfoil.settlement.limit;

import org.jspecify.annotations.NullMarked;
