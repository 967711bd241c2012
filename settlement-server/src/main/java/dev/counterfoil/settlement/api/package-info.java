/// The server's HTTP side.
@NullMarked
package dev.counterfoil.settlement.api;

import org.jspecify.annotations.NullMarked;
