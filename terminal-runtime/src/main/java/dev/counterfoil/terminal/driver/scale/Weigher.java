package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.Weight;
import java.util.ArrayDeque;
import java.util.Deque;

/// Turns samples into weights by the [WeighingRule]. The scale's own word that it lies still is never enough: it is one
/// bit, and some scales set it early. Pure but for the samples it remembers. Not thread-safe.
final class Weigher {

  private final WeighingRule rule;
  private final Deque<Long> window = new ArrayDeque<>();
  private long tareGrams;
  private boolean tareWanted;

  /// One reading.
  ///
  /// @param grams     gross
  /// @param still     whether the scale itself says that it lies still
  /// @param saturated whether the converter is at its end
  record Sample(long grams, boolean still, boolean saturated) {}

  Weigher(WeighingRule rule) {
    this.rule = rule;
  }

  /// The next still weight becomes the nought.
  void tare() {
    tareWanted = true;
  }

  /// Forgets everything, the tare too.
  void reset() {
    window.clear();
    tareGrams = 0;
    tareWanted = false;
  }

  Weight weigh(Sample sample) {
    if (sample.saturated() || Math.abs(sample.grams()) > rule.capacityGrams()) {
      window.clear();
      return new Weight(sample.grams() - tareGrams, Weight.State.OVERLOADED);
    }
    if (!sample.still()) {
      window.clear();
      return new Weight(sample.grams() - tareGrams, Weight.State.MOVING);
    }
    window.addLast(sample.grams());
    if (window.size() > rule.samples()) {
      window.removeFirst();
    }
    return isStill() ? still() : new Weight(sample.grams() - tareGrams, Weight.State.MOVING);
  }

  private boolean isStill() {
    var sorted = window.stream().sorted().toList();
    return window.size() == rule.samples() && sorted.getLast() - sorted.getFirst() <= rule.withinGrams();
  }

  private Weight still() {
    long gross = window.stream().sorted().toList().get(rule.samples() / 2);
    if (tareWanted) {
      tareWanted = false;
      tareGrams = gross;
    }
    long net = gross - tareGrams;
    if (Math.abs(net) <= rule.withinGrams() / 2) {
      return new Weight(0, Weight.State.STABLE);
    }
    return new Weight(net, net < 0 ? Weight.State.NEGATIVE : Weight.State.STABLE);
  }
}
