/// Files of accounts and of another system's sales: read strictly, checked row by row, booked as a whole or not at all.
@NullMarked
package dev.counterfoil.settlement.imports;

import org.jspecify.annotations.NullMarked;
