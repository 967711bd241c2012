/// The whole terminal as one pure, single-threaded step function: what happens goes in, what is to be done comes out.
/// The program on the device and the fleet simulator run this same code; only what carries out the effects differs.
@NullMarked
package dev.counterfoil.terminal.core;

import org.jspecify.annotations.NullMarked;
