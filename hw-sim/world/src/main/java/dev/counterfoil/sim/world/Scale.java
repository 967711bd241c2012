package dev.counterfoil.sim.world;

/// How big a run is.
///
/// @param terminals 1 or more
/// @param days virtual days, 1 or more
/// @param tapsPerDay taps a terminal sees on a day, at least
/// @param holders cardholders who roam between the terminals
/// @param mealCounters so many of the terminals, the first ones, hand out ordered meals only
public record Scale(int terminals, int days, int tapsPerDay, int holders, int mealCounters) {

  /// A town in which nobody orders meals.
  public Scale(int terminals, int days, int tapsPerDay, int holders) {
    this(terminals, days, tapsPerDay, holders, 0);
  }

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
