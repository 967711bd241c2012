/// Card tokens; how a card proves itself is in [dev.counterfoil.protocol.card.proof].
@NullMarked
package dev.counterfoil.protocol.card;

import org.jspecify.annotations.NullMarked;
