/// Contactless cards as the reader sees them in its field: MIFARE Classic, Ultralight/NTAG and DESFire.
@NullMarked
package dev.counterfoil.sim.card;

import org.jspecify.annotations.NullMarked;
