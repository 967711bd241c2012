/// One purchase at a terminal, from the first key to the durable record, as a pure state machine. No thread, clock,
/// store or socket: `terminal.core` feeds it and carries out its effects.
@NullMarked
package dev.counterfoil.terminal.sale;

import org.jspecify.annotations.NullMarked;
