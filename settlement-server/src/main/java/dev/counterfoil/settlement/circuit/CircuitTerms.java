package dev.counterfoil.settlement.circuit;

import java.time.Duration;

/// When a circuit opens and closes (PAY-25; the figures are ours).
///
/// @param window so many of the newest outcomes count, 1 to 64
/// @param leastCalls fewer outcomes than that prove nothing
/// @param failurePercent opens at so many failures in a hundred outcomes
/// @param openFor how long nothing is tried
/// @param probes calls that are let through afterwards; all must succeed
public record CircuitTerms(int window, int leastCalls, int failurePercent, Duration openFor, int probes) {

  public static final CircuitTerms DEFAULT = new CircuitTerms(20, 10, 50, Duration.ofSeconds(30), 3);

  private static final int LARGEST_WINDOW = 64;

  public CircuitTerms {
    if (window < 1 || window > LARGEST_WINDOW || leastCalls < 1 || leastCalls > window || probes < 1) {
      throw new IllegalArgumentException("window " + window + " least " + leastCalls + " probes " + probes);
    }
  }
}
