package dev.counterfoil.sim.world;

/// Counts of one run, for its report.
public final class Tally {
  private long taps;
  private long approved;
  private long declined;
  private long turnedAway;

  /// A card or coin was presented.
  public void tap() {
    taps++;
  }

  public void approved() {
    approved++;
  }

  public void declined() {
    declined++;
  }

  /// The terminal was dark or said that it cannot sell.
  public void turnedAway() {
    turnedAway++;
  }

  public long taps() {
    return taps;
  }

  public long approvals() {
    return approved;
  }

  public long declines() {
    return declined;
  }

  public long turnedAwayTaps() {
    return turnedAway;
  }
}
