package dev.counterfoil.sim.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/// When the taps of one terminal fall on one day: a breakfast, a steep lunch and a supper peak over a thin background,
/// all inside the opening hours. Times are microseconds since midnight of that day.
public final class DayPlan {
  public static final long DAY = 86_400_000_000L;
  public static final long OPENS = hours(7);
  public static final long CLOSES = hours(21);
  private static final long SHORTEST_GAP = 2_500_000;

  private DayPlan() {}

  /// Times of `taps` taps in ascending order.
  public static long[] draw(SplittableRandom random, int taps) {
    long[] times = new long[taps];
    for (int i = 0; i < taps; i++) {
      times[i] = time(random);
    }
    Arrays.sort(times);
    for (int i = 1; i < taps; i++) {
      times[i] = Math.max(times[i], times[i - 1] + SHORTEST_GAP);
    }
    return times;
  }

  private static long time(SplittableRandom random) {
    int share = random.nextInt(100);
    if (share < 55) {
      return peak(random, hours(12), 2_400_000_000L);
    }
    if (share < 70) {
      return peak(random, hours(8), 1_500_000_000L);
    }
    if (share < 92) {
      return peak(random, hours(18), 2_400_000_000L);
    }
    return OPENS + random.nextLong(CLOSES - OPENS - hours(1));
  }

  /// Sum of three uniform draws: bell-shaped enough, and free of floating-point.
  private static long peak(SplittableRandom random, long centre, long halfWidth) {
    long sum = random.nextLong(2 * halfWidth) + random.nextLong(2 * halfWidth)
        + random.nextLong(2 * halfWidth);
    return centre - halfWidth + sum / 3;
  }

  private static long hours(int hours) {
    return hours * 3_600_000_000L;
  }
}
