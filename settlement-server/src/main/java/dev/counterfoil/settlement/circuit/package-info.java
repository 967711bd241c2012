/// Circuit breakers: what fails again and again is not tried for a while, and whoever asks is told at once. The rules are
/// pure.
@NullMarked
package dev.counterfoil.settlement.circuit;

import org.jspecify.annotations.NullMarked;
