/// The command line of everything that is not a server or a terminal: `demo`, `replay`, `bench`, `sim` and `verify`.
@NullMarked
package dev.counterfoil.sim.app;

import org.jspecify.annotations.NullMarked;
