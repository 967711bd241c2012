/// What the fuzz tests of the drivers share: bytes as pieces, their collections, a line and a card that say them.
@NullMarked
package dev.counterfoil.terminal.fuzz;

import org.jspecify.annotations.NullMarked;
