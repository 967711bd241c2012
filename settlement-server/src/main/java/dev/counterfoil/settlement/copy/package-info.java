/// The verified copy of all records that lets terminals forget.
@NullMarked
package dev.counterfoil.settlement.copy;

import org.jspecify.annotations.NullMarked;
