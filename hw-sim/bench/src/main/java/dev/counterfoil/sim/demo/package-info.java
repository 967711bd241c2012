/// A scripted day of sales on real processes: server, terminals with their real drivers, simulated hardware and
/// cardholders, network and power cuts.
@NullMarked
package dev.counterfoil.sim.demo;

import org.jspecify.annotations.NullMarked;
