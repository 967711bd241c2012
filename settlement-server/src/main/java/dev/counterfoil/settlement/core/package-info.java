/// The server's one single-threaded core, driven by the network edge in production and by the fleet simulator in tests.
@NullMarked
package dev.counterfoil.settlement.core;

import org.jspecify.annotations.NullMarked;
