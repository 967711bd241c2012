package dev.counterfoil.settlement.terminals;

import dev.counterfoil.proto.v1.Hello;

/// A Hello, and what is known of how it came.
///
/// @param other     what was heard of an older session of this terminal
/// @param arrivedMs the server's time when it came. What the Hello tells of the terminal's own time was true a transmission
///                  before; however long it waits here for its answer, this is the time that belongs to it.
public record Greeting(Hello hello, OtherSession other, long arrivedMs) {}
