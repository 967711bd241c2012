/// The server's main program: its settings, its assembly and its threads.
@NullMarked
package dev.counterfoil.settlement.app;

import org.jspecify.annotations.NullMarked;
