/// The signed, chained record: layout, parsing, building, verification. Pure; no I/O, clock or thread.
@NullMarked
package dev.counterfoil.protocol.journal;

import org.jspecify.annotations.NullMarked;
