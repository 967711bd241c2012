package dev.counterfoil.settlement.ledger;

import java.time.Duration;

/// What becomes of provisional charges that nobody settles (PAY-24); the defaults are ours.
///
/// @param settleWithin age at which the clock ends one
/// @param unsettled what the clock does then
public record PredebitRules(Duration settleWithin, Unsettled unsettled) {

  public static final PredebitRules DEFAULT = new PredebitRules(Duration.ofHours(24), Unsettled.RELEASE);

  /// What the clock does with one that nobody settled; either way it stands in the exception queue.
  public enum Unsettled {
    /// The whole amount goes back.
    RELEASE,
    /// The provisional amount is the final one.
    SETTLE
  }
}
