package dev.counterfoil.sim.world.server;

/// What happens to the next commit of the server's store.
public enum CommitFault {
  NONE, CRASH_BEFORE, CRASH_AFTER
}
