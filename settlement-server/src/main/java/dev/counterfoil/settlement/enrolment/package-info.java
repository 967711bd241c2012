/// How a device becomes a terminal: one-time codes, the exchange, and what happens to the key before.
@NullMarked
package dev.counterfoil.settlement.enrolment;

import org.jspecify.annotations.NullMarked;
