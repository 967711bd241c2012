/// Identifiers that both ends share.
@NullMarked
package dev.counterfoil.protocol.id;

import org.jspecify.annotations.NullMarked;
