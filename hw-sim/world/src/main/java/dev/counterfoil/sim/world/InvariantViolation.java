package dev.counterfoil.sim.world;

import java.util.function.Supplier;

/// An invariant of the system did not hold. Carries the invariant's number; the runner adds seed and fault script.
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String invariant;

  public InvariantViolation(String invariant, String facts) {
    super(invariant + ": " + facts);
    this.invariant = invariant;
  }

  public InvariantViolation(String invariant, String facts, Throwable cause) {
    this(invariant, facts);
    initCause(cause);
  }

  public String invariant() {
    return invariant;
  }

  /// Throws unless `holds`.
  public static void require(boolean holds, String invariant, String facts) {
    if (!holds) {
      throw new InvariantViolation(invariant, facts);
    }
  }

  /// Throws unless `holds`. For checks made millions of times: the facts are put into words only when it does not.
  public static void require(boolean holds, String invariant, Supplier<String> facts) {
    if (!holds) {
      throw new InvariantViolation(invariant, facts.get());
    }
  }
}
