/// Seeded bugs: production classes rewritten on their way into a class loader, each of which a short simulation must
/// notice. Nothing of this exists outside the test sources.
@NullMarked
package dev.counterfoil.sim.world.mutant;

import org.jspecify.annotations.NullMarked;
