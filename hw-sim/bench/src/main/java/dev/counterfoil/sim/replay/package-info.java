/// Real vending sales files, read strictly, and played through card terminals.
@NullMarked
package dev.counterfoil.sim.replay;

import org.jspecify.annotations.NullMarked;
