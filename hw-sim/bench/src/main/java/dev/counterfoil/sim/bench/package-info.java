/// Measurements of the claims in the documentation, each beside a bare loop that does the least possible.
@NullMarked
package dev.counterfoil.sim.bench;

import org.jspecify.annotations.NullMarked;
