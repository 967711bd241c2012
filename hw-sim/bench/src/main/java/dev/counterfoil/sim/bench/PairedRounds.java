package dev.counterfoil.sim.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Compares our code with a baseline in one process: rounds alternate, so that a slow minute of the machine hits both,
/// and what counts is the ratio of the medians over rounds. The baseline's own spread is printed beside it, because a
/// ratio that differs from another by less than that says nothing.
final class PairedRounds {

  /// Fewer rounds or samples make a median of 99th percentiles a matter of luck.
  static final int LEAST_ROUNDS = 7;
  static final int LEAST_SAMPLES = 2_000;

  private final int rounds;
  private final int samples;
  private final int warmUp;
  private final List<Quantiles> baseline = new ArrayList<>();
  private final List<Quantiles> ours = new ArrayList<>();

  /// One thing that is timed.
  interface Sample {
    /// Does the work once.
    ///
    /// @return its duration in nanoseconds
    long takeNanos() throws Exception;
  }

  /// Something that is set up anew for each round, so that no round finds what the one before has left.
  interface Stage extends Sample, AutoCloseable {}

  /// Sets it up.
  interface Setting {
    Stage open() throws Exception;
  }

  /// @param warmUp samples that do not count: before all rounds, or in each round that is set up anew
  PairedRounds(int rounds, int samples, int warmUp) {
    this.rounds = rounds;
    this.samples = samples;
    this.warmUp = warmUp;
  }

  /// Runs everything; blocks until done.
  PairedRounds run(Sample bare, Sample real) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      bare.takeNanos();
      real.takeNanos();
    }
    for (int round = 0; round < rounds; round++) {
      baseline.add(round(bare));
      ours.add(round(real));
    }
    return this;
  }

  /// The same, each round on a stage of its own.
  PairedRounds runAnew(Setting bare, Setting real) throws Exception {
    for (int round = 0; round < rounds; round++) {
      baseline.add(round(bare));
      ours.add(round(real));
    }
    return this;
  }

  private Quantiles round(Setting setting) throws Exception {
    try (Stage stage = setting.open()) {
      for (int i = 0; i < warmUp; i++) {
        stage.takeNanos();
      }
      return round((Sample) stage);
    }
  }

  private Quantiles round(Sample sample) throws Exception {
    long[] nanos = new long[samples];
    for (int i = 0; i < samples; i++) {
      nanos[i] = sample.takeNanos();
    }
    return Quantiles.of(nanos);
  }

  double ratioP50() {
    return (double) Quantiles.medianOf(ours, Quantiles::p50) / Quantiles.medianOf(baseline, Quantiles::p50);
  }

  double ratioP99() {
    return (double) Quantiles.medianOf(ours, Quantiles::p99) / Quantiles.medianOf(baseline, Quantiles::p99);
  }

  /// Whether the ratio of the medians misses a target by less than the baseline varies by itself.
  boolean isP50WithinSpread(double target) {
    return ratioP50() / (1 + Quantiles.spreadOf(baseline, Quantiles::p50)) <= target;
  }

  /// Whether the ratio of the 99th percentiles misses a target by less than the baseline varies by itself.
  boolean isWithinSpread(double target) {
    return ratioP99() / (1 + Quantiles.spreadOf(baseline, Quantiles::p99)) <= target;
  }

  /// The comparison for people.
  List<String> table(String bareName, String ourName) {
    return List.of(
        String.format(Locale.ROOT, "%-34s %10s %10s", rounds + " rounds of " + samples + ", alternating",
            "p50", "p99"),
        String.format(Locale.ROOT, "%-34s %7d us %7d us   spread over rounds: p50 %.0f %%, p99 %.0f %%",
            bareName,
            Quantiles.medianOf(baseline, Quantiles::p50) / 1000,
            Quantiles.medianOf(baseline, Quantiles::p99) / 1000,
            100 * Quantiles.spreadOf(baseline, Quantiles::p50),
            100 * Quantiles.spreadOf(baseline, Quantiles::p99)),
        String.format(Locale.ROOT, "%-34s %7d us %7d us", ourName,
            Quantiles.medianOf(ours, Quantiles::p50) / 1000,
            Quantiles.medianOf(ours, Quantiles::p99) / 1000),
        String.format(Locale.ROOT, "%-34s %10.2f %10.2f", "ratio", ratioP50(), ratioP99()));
  }
}
