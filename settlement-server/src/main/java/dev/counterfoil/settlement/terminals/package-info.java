/// The registry of terminals: who is known, in which epoch, and the verdict on each Hello.
@NullMarked
package dev.counterfoil.settlement.terminals;

import org.jspecify.annotations.NullMarked;
