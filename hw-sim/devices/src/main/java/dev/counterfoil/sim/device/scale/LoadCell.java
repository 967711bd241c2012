package dev.counterfoil.sim.device.scale;

import java.util.random.RandomGenerator;

/// What lies on a scale, as its cell feels it: weight, noise, drift, a swing after each change. Thread-safe.
public final class LoadCell {

  private static final double SWING_SECONDS = 0.4;

  private final RandomGenerator random;
  private double grams;
  private double before;
  private long changedMicros = Long.MIN_VALUE / 2;
  private double noiseGrams;
  private double driftGramsPerHour;

  public LoadCell(RandomGenerator random) {
    this.random = random;
  }

  /// Puts this on the scale instead of what lies there.
  public synchronized void put(double newGrams, long nowMicros) {
    before = grams;
    grams = newGrams;
    changedMicros = nowMicros;
  }

  /// Each reading is off by up to this much.
  public synchronized void noise(double upToGrams) {
    noiseGrams = upToGrams;
  }

  /// The nought creeps.
  public synchronized void drift(double gramsPerHour) {
    driftGramsPerHour = gramsPerHour;
  }

  /// What the cell feels now. A change swings out within a second or two.
  public synchronized double feels(long nowMicros) {
    double since = (nowMicros - changedMicros) / 1e6;
    double swing = since > 5 ? 0 : (before - grams) * Math.exp(-since / SWING_SECONDS) * Math.cos(since * 20);
    double hours = nowMicros / 3.6e9;
    return grams + swing + driftGramsPerHour * hours + noiseGrams * (2 * random.nextDouble() - 1);
  }

  /// Whether it swings.
  public synchronized boolean moves(long nowMicros) {
    return Math.abs(before - grams) * Math.exp(-(nowMicros - changedMicros) / 1e6 / SWING_SECONDS) > 1;
  }
}
