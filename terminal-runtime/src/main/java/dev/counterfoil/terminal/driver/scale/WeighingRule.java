package dev.counterfoil.terminal.driver.scale;

/// When a weight lies still.
///
/// @param samples       so many in a row must lie within each other's reach, 2-50
/// @param withinGrams   how far they may be apart, 0-1000
/// @param capacityGrams most that the scale carries, tare included, 100-1000000
public record WeighingRule(int samples, long withinGrams, long capacityGrams) {

  public static final int DEFAULT_SAMPLES = 5;
  public static final long DEFAULT_WITHIN_GRAMS = 2;
  public static final long DEFAULT_CAPACITY_GRAMS = 15_000;

  public WeighingRule {
    if (samples < 2 || samples > 50) {
      throw new IllegalArgumentException("samples must be 2 to 50, found " + samples);
    }
    if (withinGrams < 0 || withinGrams > 1_000) {
      throw new IllegalArgumentException("withinGrams must be 0 to 1000, found " + withinGrams);
    }
    if (capacityGrams < 100 || capacityGrams > 1_000_000) {
      throw new IllegalArgumentException("capacityGrams must be 100 to 1000000, found " + capacityGrams);
    }
  }
}
