package dev.counterfoil.settlement.circuit;

import java.time.Duration;

/// The operation fails again and again and is not tried now. Nothing was changed; try again after {@link #retryAfter}.
public final class CircuitOpenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient GuardedOperation operation;
  private final Duration wait;

  CircuitOpenException(GuardedOperation operation, Duration wait) {
    super(operation.wireName() + " is not tried for " + wait.toMillis() + " ms");
    this.operation = operation;
    this.wait = wait;
  }

  public GuardedOperation operation() {
    return operation;
  }

  /// Whole seconds, at least 1.
  public int retryAfterSeconds() {
    return (int) Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
