package dev.counterfoil.terminal.sale;

/// What a counter's operators set besides how it sells.
///
/// @param needsShift       whether nothing is sold while no shift is open
/// @param voidWithinMillis how old a sale may be that is voided; 0 for any age
/// @param testMode         whether this terminal is in test mode whatever operators' cards say
/// @param sameCardMillis   how long after a start others wait for the card of a sale that the power cut; 0 for not at all
public record CounterRules(boolean needsShift, long voidWithinMillis, long sameCardMillis,
    boolean testMode) {

  /// Long enough for a holder to come back to the counter, short enough for a queue.
  public static final long DEFAULT_SAME_CARD_MILLIS = 120_000;

  public static final CounterRules DEFAULT = new CounterRules(false, 0, DEFAULT_SAME_CARD_MILLIS, false);

  /// The ordinary ones, with or without the need of a shift.
  public CounterRules(boolean needsShift) {
    this(needsShift, 0, DEFAULT_SAME_CARD_MILLIS, false);
  }

  public CounterRules(boolean needsShift, long voidWithinMillis, long sameCardMillis) {
    this(needsShift, voidWithinMillis, sameCardMillis, false);
  }
}
