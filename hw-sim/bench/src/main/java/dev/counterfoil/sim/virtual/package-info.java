/// Virtual terminals: the shipped terminal, its drivers and the settlement core in one simulated shop that people can
/// touch. Everything that somebody does is a line of a scenario, and a scenario replays to the same bytes.
@NullMarked
package dev.counterfoil.sim.virtual;

import org.jspecify.annotations.NullMarked;
