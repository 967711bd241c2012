/// A pole display for the customer: two lines of twenty characters over a serial wire.
@NullMarked
package dev.counterfoil.terminal.driver.cd5220;

import org.jspecify.annotations.NullMarked;
