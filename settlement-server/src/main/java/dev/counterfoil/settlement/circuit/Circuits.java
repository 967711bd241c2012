package dev.counterfoil.settlement.circuit;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The circuits of one server, one an operation. Thread-safe.
public final class Circuits {

  private final Map<GuardedOperation, Circuit> circuits = new EnumMap<>(GuardedOperation.class);

  public Circuits(CircuitTerms terms, InstantSource clock) {
    for (GuardedOperation operation : GuardedOperation.values()) {
      circuits.put(operation, new Circuit(operation, terms, clock));
    }
  }

  public Circuit of(GuardedOperation operation) {
    return Objects.requireNonNull(circuits.get(operation));
  }
}
