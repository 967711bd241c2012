/// The queue of what people must look at. Pure.
@NullMarked
package dev.counterfoil.settlement.exceptions;

import org.jspecify.annotations.NullMarked;
