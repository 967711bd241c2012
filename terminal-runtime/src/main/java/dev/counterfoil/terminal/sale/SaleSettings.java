package dev.counterfoil.terminal.sale;

import dev.counterfoil.terminal.meal.MealPlan;
import java.time.Duration;

/// How a terminal sells.
///
/// @param mode              where the price comes from
/// @param currency          ISO 4217
/// @param maxAmountMinor    dearest single purchase, minor units
/// @param answerMillis      how long the server may take before the offline policy decides
/// @param resultMillis      how long a result stays on the screen unless a key is pressed
/// @param armedMillis       how long a keyed amount waits for a card
/// @param repeatMillis      how long the card just charged is answered with the same result instead of a new charge,
///                          where the next sale starts by itself (one fixed price)
/// @param cashKey           whether key `C` records the basket as paid in cash; without it, `C` adds as `+` does
/// @param passwordPad       whether somebody can type a password here
/// @param meals             meal periods and this machine's discount
/// @param counter           what operators set besides
public record SaleSettings(SaleMode mode, String currency, long maxAmountMinor, long answerMillis,
    long resultMillis, long armedMillis, long repeatMillis, boolean cashKey, boolean passwordPad,
    MealPlan meals, CounterRules counter) {

  /// With the ordinary rules of a counter.
  public SaleSettings(SaleMode mode, String currency, long maxAmountMinor, long answerMillis,
      long resultMillis, long armedMillis, long repeatMillis, boolean cashKey, boolean passwordPad,
      MealPlan meals) {
    this(mode, currency, maxAmountMinor, answerMillis, resultMillis, armedMillis, repeatMillis, cashKey,
        passwordPad, meals, CounterRules.DEFAULT);
  }

  /// The fall-back of the journal page, section 7.
  public static final long DEFAULT_ANSWER_MILLIS = 800;
  /// CFG-06 maxSingleAmount.
  public static final long DEFAULT_MAX_AMOUNT_MINOR = 100_000;
  /// Long enough to read an amount and a balance.
  public static final long DEFAULT_RESULT_MILLIS = 2_500;
  public static final long DEFAULT_ARMED_MILLIS = Duration.ofSeconds(60).toMillis();
  /// A hand that hesitates over the reader, not a second meal.
  public static final long DEFAULT_REPEAT_MILLIS = 5_000;

  /// The same with meals.
  public SaleSettings with(MealPlan plan) {
    return new SaleSettings(mode, currency, maxAmountMinor, answerMillis, resultMillis, armedMillis,
        repeatMillis, cashKey, passwordPad, plan, counter);
  }

  /// The same with rules of the counter.
  public SaleSettings with(CounterRules rules) {
    return new SaleSettings(mode, currency, maxAmountMinor, answerMillis, resultMillis, armedMillis,
        repeatMillis, cashKey, passwordPad, meals, rules);
  }

  /// The defaults for a mode.
  public static SaleSettings of(SaleMode mode, String currency) {
    return new SaleSettings(mode, currency, DEFAULT_MAX_AMOUNT_MINOR, DEFAULT_ANSWER_MILLIS,
        DEFAULT_RESULT_MILLIS, DEFAULT_ARMED_MILLIS, DEFAULT_REPEAT_MILLIS, false, true, MealPlan.NONE);
  }
}
