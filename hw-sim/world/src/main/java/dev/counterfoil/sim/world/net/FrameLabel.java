package dev.counterfoil.sim.world.net;

/// What the sender says a frame is, so that faults can aim: losing exactly the acknowledgement of a commit is the
/// fault that matters most, and random loss alone would hit it rarely.
public enum FrameLabel {
  PLAIN,
  /// May arrive twice: a proxy that replays, a re-sent batch. Its receiver must not care.
  REPEATABLE,
  /// Answers a commit of the server.
  ACK,
  /// Answers a cardholder who waits.
  DECISION
}
