/// Operators at the door: what takes long about letting one in, before and after the core's own decision.
@NullMarked
package dev.counterfoil.settlement.signin;

import org.jspecify.annotations.NullMarked;
