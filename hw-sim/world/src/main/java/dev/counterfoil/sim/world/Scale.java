package dev.counterfoil.sim.world;

/// How big a run is.
///
/// @param terminals 1 or more
/// @param days virtual days, 1 or more
/// @param tapsPerDay taps a terminal sees on a day, at least
/// @param holders cardholders who roam between the terminals
public record Scale(int terminals, int days, int tapsPerDay, int holders) {
  public static Scale lane() {
    return new Scale(100, 1, 302, 1_200);
  }

  public static Scale nightly() {
    return new Scale(1_000, 7, 302, 6_000);
  }

  public static Scale small() {
    return new Scale(6, 1, 120, 60);
  }
}
