package dev.counterfoil.settlement.circuit;

import dev.counterfoil.settlement.circuit.CircuitRules.State;
import java.time.InstantSource;

/// The present state of one operation's circuit. Thread-safe; never blocks for long.
public final class Circuit {

  private final GuardedOperation operation;
  private final CircuitTerms terms;
  private final InstantSource clock;
  private State state = CircuitRules.CLOSED;
  private long refused;

  Circuit(GuardedOperation operation, CircuitTerms terms, InstantSource clock) {
    this.operation = operation;
    this.terms = terms;
    this.clock = clock;
  }

  /// To be called before the operation is begun.
  ///
  /// @throws CircuitOpenException if it is not tried now
  public synchronized void admit() {
    CircuitRules.Answer answer = CircuitRules.asked(state, terms, clock.instant());
    state = answer.next();
    if (!answer.isLetThrough()) {
      refused++;
      throw new CircuitOpenException(operation, answer.pause());
    }
  }

  public synchronized void succeeded() {
    state = CircuitRules.succeeded(state, terms);
  }

  /// The technology failed; a refusal for good reasons is no failure.
  public synchronized void failed() {
    state = CircuitRules.failed(state, terms, clock.instant());
  }

  /// What was admitted was given up before it was tried.
  public synchronized void withdrawn() {
    state = CircuitRules.withdrawn(state);
  }

  /// 0 closed, 1 half-open, 2 open.
  public synchronized long code() {
    return switch (state) {
      case State.Closed _ -> 0;
      case State.HalfOpen _ -> 1;
      case State.Open _ -> 2;
    };
  }

  /// How often it was not tried, since the server started.
  public synchronized long refused() {
    return refused;
  }
}
