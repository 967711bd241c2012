package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.circuit.Circuit;
import java.util.function.Supplier;

/// One request to a guarded operation. Only what is really begun is admitted and counted: a repeat is answered from what is
/// stored, whatever the circuit says. Belongs to one request.
final class Attempt {

  private static final String BUSY = "SYSTEM_BUSY";

  private final Circuit circuit;
  private volatile boolean admitted;

  Attempt(Circuit circuit) {
    this.circuit = circuit;
  }

  /// Called once or, where the work is begun anew after another server was faster, more often.
  void admit() {
    if (!admitted) {
      circuit.admit();
      admitted = true;
    }
  }

  /// @param outside the success is told by whoever asks outside
  <T> T run(Supplier<T> work, boolean outside) {
    try {
      T result = work.get();
      if (admitted && !outside) {
        circuit.succeeded();
      }
      return result;
    } catch (RefusedException e) {
      ended(e.code().equals(BUSY));
      throw e;
    } catch (RuntimeException e) {
      ended(true);
      throw e;
    }
  }

  /// @param failed whether the technology did; a refusal for good reasons is none
  private void ended(boolean failed) {
    if (admitted && failed) {
      circuit.failed();
    } else if (admitted) {
      circuit.withdrawn();
    }
  }
}
