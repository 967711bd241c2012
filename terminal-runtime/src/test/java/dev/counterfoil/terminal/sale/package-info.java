/// Tests of the rules of a purchase.
@NullMarked
package dev.counterfoil.terminal.sale;

import org.jspecify.annotations.NullMarked;
