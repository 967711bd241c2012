package dev.counterfoil.settlement.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.circuit.CircuitRules.State;
import dev.counterfoil.trace.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// When a circuit lets through, and when it does not.
class CircuitRulesTest {

  private static final CircuitTerms TERMS = new CircuitTerms(4, 4, 50, Duration.ofSeconds(30), 2);
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private State state = CircuitRules.CLOSED;

  private boolean asked() {
    CircuitRules.Answer answer = CircuitRules.asked(state, TERMS, now);
    state = answer.next();
    return answer.isLetThrough();
  }

  private void succeeded() {
    state = CircuitRules.succeeded(state, TERMS);
  }

  private void failed() {
    state = CircuitRules.failed(state, TERMS, now);
  }

  private void open() {
    for (int i = 0; i < 4; i++) {
      failed();
    }
    assertThat(state).isInstanceOf(State.Open.class);
  }

  @Test
  void fewOutcomesProveNothing() {
    failed();
    failed();
    failed();
    assertThat(asked()).isTrue();
    failed();
    assertThat(asked()).isFalse();
  }

  @Test
  void halfOfTheNewestOutcomesOpenIt() {
    failed();
    failed();
    succeeded();
    succeeded();
    assertThat(asked()).as("two of four failed, and the last two did not").isTrue();
    failed();
    assertThat(state).as("of the newest four two failed").isInstanceOf(State.Open.class);
  }

  @Test
  void whatIsLongAgoDoesNotCount() {
    failed();
    for (int i = 0; i < 4; i++) {
      succeeded();
    }
    failed();
    assertThat(state).as("one of four").isInstanceOf(State.Closed.class);
  }

  @Test
  void itSaysHowLongToWait() {
    open();
    now = now.plusSeconds(10);
    assertThat(CircuitRules.asked(state, TERMS, now).pause()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void afterAWhileSomeAreLetThroughAndCloseItIfAllSucceed() {
    open();
    now = now.plusSeconds(30);
    assertThat(asked()).isTrue();
    assertThat(asked()).isTrue();
    assertThat(asked()).as("only so many probes").isFalse();
    succeeded();
    assertThat(asked()).isFalse();
    succeeded();
    assertThat(state).isEqualTo(CircuitRules.CLOSED);
  }

  @Test
  void oneFailedProbeOpensItAgain() {
    open();
    now = now.plusSeconds(30);
    asked();
    failed();
    now = now.plusSeconds(29);
    assertThat(asked()).isFalse();
    now = now.plusSeconds(1);
    assertThat(asked()).isTrue();
  }

  @Test
  void probesThatNobodyHearsOfAreReplaced() {
    open();
    now = now.plusSeconds(30);
    asked();
    asked();
    now = now.plusSeconds(30);
    assertThat(asked()).isTrue();
  }

  @Test
  void whatWasGivenUpBeforeItWasTriedLeavesItsPlace() {
    open();
    now = now.plusSeconds(30);
    asked();
    asked();
    state = CircuitRules.withdrawn(state);
    assertThat(asked()).isTrue();
  }

  @Test
  void outcomesOfAnEarlierTimeChangeNothing() {
    open();
    State before = state;
    succeeded();
    failed();
    assertThat(state).isEqualTo(before);
  }

  @Test
  @Requirement({"PAY-25"})
  void threeOperationsAreGuardedUnderTheirNamesAndApart() {
    assertThat(Stream.of(GuardedOperation.values()).map(GuardedOperation::wireName))
        .containsExactly("consumePayment", "consumePayment/card", "consumeRefund", "consumeAccount");
    var circuits = new Circuits(TERMS, () -> now);
    Circuit refunds = circuits.of(GuardedOperation.CONSUME_REFUND);
    for (int i = 0; i < 4; i++) {
      refunds.failed();
    }
    assertThatThrownBy(refunds::admit).isInstanceOf(CircuitOpenException.class)
        .satisfies(e -> assertThat(((CircuitOpenException) e).retryAfterSeconds()).isEqualTo(30));
    assertThat(refunds.code()).isEqualTo(2);
    assertThat(refunds.refused()).isEqualTo(1);
    circuits.of(GuardedOperation.CONSUME_PAYMENT).admit();
    assertThat(circuits.of(GuardedOperation.CONSUME_PAYMENT).code()).isZero();
  }
}
