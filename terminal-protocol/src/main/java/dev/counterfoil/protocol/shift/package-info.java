/// What a shift at a counter came to, the same for the terminal that closes it and the server that checks it.
@NullMarked
package dev.counterfoil.protocol.shift;

import org.jspecify.annotations.NullMarked;
