package dev.counterfoil.sim.world.net;

/// What the way between one terminal and the server is like, where somebody has said so.
public enum Condition {
  /// Nothing but what the run's own faults do.
  UP,
  /// Every frame takes about as long as a terminal waits for a decision.
  SLOW,
  /// One frame in eight takes its connection with it.
  LOSSY,
  /// Nothing passes.
  DOWN
}
