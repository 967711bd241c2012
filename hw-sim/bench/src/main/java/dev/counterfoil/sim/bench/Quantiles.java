package dev.counterfoil.sim.bench;

import java.util.Arrays;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/// Median and 99th percentile of the samples of one round, in nanoseconds.
record Quantiles(long p50, long p99) {

  /// @param samples at least one; sorted in place
  static Quantiles of(long[] samples) {
    Arrays.sort(samples);
    return new Quantiles(rank(samples, 50), rank(samples, 99));
  }

  /// Nearest rank: the smallest sample that at least `percent` of all are not above.
  private static long rank(long[] sorted, int percent) {
    return sorted[Math.max(0, Math.ceilDivExact(sorted.length * percent, 100) - 1)];
  }

  /// Median over rounds of one of the two.
  static long medianOf(Iterable<Quantiles> rounds, ToLongFunction<Quantiles> which) {
    long[] values = values(rounds, which);
    return values[(values.length - 1) / 2];
  }

  /// Largest less smallest over rounds, as a part of the median.
  static double spreadOf(Iterable<Quantiles> rounds, ToLongFunction<Quantiles> which) {
    long[] values = values(rounds, which);
    return (double) (values[values.length - 1] - values[0]) / values[(values.length - 1) / 2];
  }

  private static long[] values(Iterable<Quantiles> rounds, ToLongFunction<Quantiles> which) {
    var values = LongStream.builder();
    rounds.forEach(round -> values.add(which.applyAsLong(round)));
    long[] sorted = values.build().toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
