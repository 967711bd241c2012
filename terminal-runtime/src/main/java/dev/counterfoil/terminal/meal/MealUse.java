package dev.counterfoil.terminal.meal;

/// What one card has had at this terminal in one period of today.
///
/// @param taps  approved and not taken back
/// @param minor their sum, minor units
public record MealUse(long taps, long minor) {

  public static final MealUse NONE = new MealUse(0, 0);
}
