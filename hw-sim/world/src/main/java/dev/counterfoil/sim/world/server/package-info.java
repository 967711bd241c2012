/// The server's side of the world: its store in memory, its copy, and the machine that crashes and is restored.
@NullMarked
package dev.counterfoil.sim.world.server;

import org.jspecify.annotations.NullMarked;
