package dev.counterfoil.sim.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Whether something grows over a long run: its size at equal distances, and how much it may rise for each 100,000 sales.
/// What counts is the median of all slopes between two samples, which one late collection or one bigger file does not move.
final class Growth {

  private static final double PER_SALES = 100_000;

  private final String name;
  private final String unit;
  private final double allowance;
  private final List<Long> sales = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();

  /// @param name      of what is looked at
  /// @param unit      in which it is counted
  /// @param allowance most growth for each 100,000 sales that is noise
  Growth(String name, String unit, double allowance) {
    this.name = name;
    this.unit = unit;
    this.allowance = allowance;
  }

  void sample(long sold, long size) {
    sales.add(sold);
    sizes.add(size);
  }

  /// @return for each 100,000 sales, 0 while there are no two samples
  double per100Thousand() {
    var slopes = new ArrayList<Double>();
    for (int from = 0; from < sales.size(); from++) {
      for (int to = from + 1; to < sales.size(); to++) {
        slopes.add((sizes.get(to) - sizes.get(from)) * PER_SALES / (sales.get(to) - sales.get(from)));
      }
    }
    Collections.sort(slopes);
    return slopes.isEmpty() ? 0 : slopes.get((slopes.size() - 1) / 2);
  }

  boolean isWithinAllowance() {
    return per100Thousand() <= allowance;
  }

  /// One line of the verdict.
  String line() {
    return String.format(Locale.ROOT,
        "%-22s %,12d -> %,12d %-5s  growth per 100,000 sales %,12.1f, allowance %,10.1f: %s", name,
        sizes.getFirst(), sizes.getLast(), unit, per100Thousand(), allowance,
        isWithinAllowance() ? "does not grow" : "GROWS");
  }
}
