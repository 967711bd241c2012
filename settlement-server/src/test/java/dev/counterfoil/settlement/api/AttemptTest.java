package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.circuit.Circuit;
import dev.counterfoil.settlement.circuit.CircuitOpenException;
import dev.counterfoil.settlement.circuit.CircuitTerms;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.store.StoreFault;
import dev.counterfoil.trace.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What counts as a failure of a guarded operation, and what passes it by.
class AttemptTest {

  private static final StoreException DISK = new StoreException(StoreFault.STORE_FULL, "no room");
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Circuit circuit = new Circuits(new CircuitTerms(2, 2, 100, Duration.ofSeconds(30), 1),
      () -> now).of(GuardedOperation.CONSUME_ACCOUNT);

  private void attempt(RuntimeException failure) {
    var attempt = new Attempt(circuit);
    assertThatThrownBy(() -> attempt.run(() -> {
      attempt.admit();
      throw failure;
    }, false)).isSameAs(failure);
  }

  private String succeed(boolean outside) {
    var attempt = new Attempt(circuit);
    return attempt.run(() -> {
      attempt.admit();
      return "done";
    }, outside);
  }

  @Test
  @Requirement({"PAY-25"})
  void aStoreThatFailsOpensTheCircuitOfNewAccounts() {
    attempt(DISK);
    attempt(new RefusedException("SYSTEM_BUSY", "later"));
    assertThatThrownBy(() -> succeed(false)).isInstanceOf(CircuitOpenException.class);
    now = now.plusSeconds(30);
    assertThat(succeed(false)).isEqualTo("done");
    assertThat(circuit.code()).isZero();
  }

  @Test
  void aRefusalForGoodReasonsIsNoFailure() {
    for (int i = 0; i < 5; i++) {
      attempt(new RefusedException("ACCOUNT_LIMIT", "three"));
    }
    assertThat(succeed(false)).isEqualTo("done");
  }

  @Test
  void aRefusedProbeLeavesItsPlaceToTheNext() {
    attempt(DISK);
    attempt(DISK);
    now = now.plusSeconds(30);
    attempt(new RefusedException("ACCOUNT_LIMIT", "three"));
    assertThat(succeed(false)).isEqualTo("done");
    assertThat(circuit.code()).isZero();
  }

  @Test
  void aRepeatIsAnsweredWhateverTheCircuitSays() {
    attempt(DISK);
    attempt(DISK);
    assertThat(new Attempt(circuit).run(() -> "stored", false)).isEqualTo("stored");
    assertThat(circuit.code()).isEqualTo(2);
  }

  @Test
  void whatIsToldFromOutsideIsNotToldTwice() {
    attempt(DISK);
    attempt(DISK);
    now = now.plusSeconds(30);
    assertThat(succeed(true)).isEqualTo("done");
    assertThat(circuit.code()).as("the probe's outcome is still open").isEqualTo(1);
  }
}
