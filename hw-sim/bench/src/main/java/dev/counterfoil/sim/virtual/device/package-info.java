/// The devices of a virtual terminal: the shipped drivers at the models of the hardware, in virtual time on one thread.
@NullMarked
package dev.counterfoil.sim.virtual.device;

import org.jspecify.annotations.NullMarked;
