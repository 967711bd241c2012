/// Secrets of people and of columns: password hashes, one-time codes, sealed columns. Keeps no clock and no randomness of
/// its own.
@NullMarked
package dev.counterfoil.settlement.secret;

import org.jspecify.annotations.NullMarked;
