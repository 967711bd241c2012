package dev.counterfoil.settlement.terminals;

/// What the session layer knows of another connection with the same certificate and channel when a Hello arrives.
public enum OtherSession {
  /// There is none, or it has the same boot id.
  NONE,
  /// There is one with another boot id, and it answered a Ping within 5 s.
  ANSWERS,
  /// There was one with another boot id; it did not answer and is being closed.
  SILENT
}
