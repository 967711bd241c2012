/// Card tokens.
@NullMarked
package dev.counterfoil.protocol.card;

import org.jspecify.annotations.NullMarked;
