/// The conversation of terminal and server: frames, signed statements, and the session of each end. Pure: bytes and
/// messages in, messages and wishes out; no socket, clock or thread.
@NullMarked
package dev.counterfoil.protocol.link;

import org.jspecify.annotations.NullMarked;
