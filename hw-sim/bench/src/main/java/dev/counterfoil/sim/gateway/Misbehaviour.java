package dev.counterfoil.sim.gateway;

/// What a gateway can do wrong, or a network in its name.
public enum Misbehaviour {
  /// Does what is asked and answers only when the simulator ends.
  SLOW,
  /// Does what is asked and answers with 502.
  FAIL_AFTER_TAKING,
  /// Does nothing and answers with 503.
  UNAVAILABLE,
  /// Refuses a request that is right.
  REFUSE,
  /// Does what is asked and answers with a wrong signature.
  FORGE_ANSWER,
  /// A payment's callback is never sent.
  LOSE_CALLBACK,
  /// A payment's callback is sent three times.
  REPEAT_CALLBACK,
  /// A callback is kept until callbacks are released, the last one first.
  HOLD_CALLBACK,
  /// Before the genuine callback somebody sends one with a signature of his own.
  FORGE_CALLBACK,
  /// A callback and all answers tell a fen less than was asked for.
  WRONG_AMOUNT,
  /// A bill ends in the middle.
  CUT_BILL,
  /// A bill lacks its first line.
  SHORT_BILL,
  /// The address of a bill is too old when it is told.
  OLD_BILL_ADDRESS
}
