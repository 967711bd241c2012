/// Virtual serial wires: pseudo-terminals made through the foreign-function interface, in-memory pairs, and
/// line faults.
@NullMarked
package dev.counterfoil.sim.line;

import org.jspecify.annotations.NullMarked;
