/// The threads around the core and the bounded queues between them. One thread runs the core; a pool verifies batches
/// before they get there; nothing here knows sockets.
@NullMarked
package dev.counterfoil.settlement.engine;

import org.jspecify.annotations.NullMarked;
