package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlassTest {

  @Test
  void anApprovalIsReadWithAmountAndBalance() {
    assertThat(Glass.read(List.of("APPROVED    4.00", "BALANCE   896.22")))
        .contains(new Glass.Answer(Glass.Answer.Kind.APPROVED, "4.00", "896.22"));
  }

  @Test
  void anApprovalWithoutTheServerHasAStar() {
    assertThat(Glass.read(List.of("APPROVED*   4.00", "BALANCE    -3.07")))
        .contains(new Glass.Answer(Glass.Answer.Kind.APPROVED, "4.00", "-3.07"));
  }

  @Test
  void aHalfDrawnApprovalIsNoAnswerYet() {
    assertThat(Glass.read(List.of("APPROVED    4.00", "PLEASE WAIT     "))).isEmpty();
    assertThat(Glass.read(List.of("TOTAL       4.00", "PRESENT CARD    "))).isEmpty();
  }

  @Test
  void anotherAmountIsNotTheOneAskedFor() {
    assertThat(Glass.asksToPay(List.of("TOTAL      57.00", "PRESENT CARD    "), 700)).isFalse();
    assertThat(Glass.asksToPay(List.of("TOTAL       7.00", "PRESENT CARD    "), 700)).isTrue();
  }

  @Test
  void aCustomerKnowsTheBalanceByItsCents() {
    Cardholder holder = Cardholder.number(107, 900);
    assertThat(holder.recognises("893.07")).isTrue();
    assertThat(holder.recognises("893.08")).isFalse();
  }
}
