/// The load that many terminals put on a server: signed records over mutual TLS, without the terminals.
@NullMarked
package dev.counterfoil.sim.load;

import org.jspecify.annotations.NullMarked;
