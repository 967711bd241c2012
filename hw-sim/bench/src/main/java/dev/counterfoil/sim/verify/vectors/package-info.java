/// The published test vectors: what they say and whether this implementation agrees.
@NullMarked
package dev.counterfoil.sim.verify.vectors;

import org.jspecify.annotations.NullMarked;
