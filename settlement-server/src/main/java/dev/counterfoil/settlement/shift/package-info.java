/// What a terminal's shift came to by the books.
@NullMarked
package dev.counterfoil.settlement.shift;

import org.jspecify.annotations.NullMarked;
