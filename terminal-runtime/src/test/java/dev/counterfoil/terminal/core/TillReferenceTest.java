package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A till's reference names one sale, whatever is lost between the till and the terminal.
class TillReferenceTest extends RiggedTerminal {

  @BeforeEach
  void anOfflineTerminalWithOneAccount() {
    offlineWith(5_000);
  }

  @Test
  @Requirement({"PAY-17"})
  void aRepeatedReferenceIsAnsweredWithTheFirstSaleAndChargesNobody() {
    offer("ORDER-7", 1_200);
    rig.card(CoreRig.CARD);

    offer("ORDER-7", 1_200);
    rig.card(CoreRig.CARD);

    assertThat(count(RecordKind.SALE)).isEqualTo(1);
    assertThat(answers()).hasSize(2).allSatisfy(answer -> assertThat(answer).isEqualTo(answers().getFirst()));
    assertThat(answers().getFirst()).isInstanceOf(TillOutcome.Paid.class);
  }

  @Test
  @Requirement({"PAY-17"})
  void theFirstSaleIsStillKnownAfterARestart() {
    offer("ORDER-7", 1_200);
    rig.card(CoreRig.CARD);
    cash("ORDER-8", 300);
    List<TillOutcome> before = answers();

    restart(2);
    offer("ORDER-7", 1_200);
    cash("ORDER-8", 300);

    assertThat(count(RecordKind.SALE)).isEqualTo(2);
    assertThat(answers()).isEqualTo(before);
  }

  @Test
  @Requirement({"PAY-17"})
  void theSameReferenceWithAnotherAmountIsAnErrorOfItsOwn() {
    cash("ORDER-8", 300);

    cash("ORDER-8", 301);
    restart(2);
    offer("ORDER-8", 299);

    assertThat(count(RecordKind.SALE)).isEqualTo(1);
    assertThat(answers()).containsExactly(new TillOutcome.Rejected(ReferenceProblem.REFERENCE_USED));
  }

  @Test
  void aSaleThatWasTakenBackIsNotReportedAsPaid() {
    cash("ORDER-8", 300);
    rig.keys("A");
    rig.card(OPERATOR);
    assertThat(rig.records().getLast().is(RecordKind.VOID)).isTrue();

    cash("ORDER-8", 300);

    assertThat(count(RecordKind.SALE)).isEqualTo(1);
    assertThat(answers().getLast()).isEqualTo(new TillOutcome.Rejected(ReferenceProblem.REFERENCE_VOIDED));
  }

  @Test
  void whatWasRefusedOrWithdrawnMayBeOfferedAgain() {
    offer("ORDER-9", 9_999);
    rig.card(CoreRig.CARD);
    offer("ORDER-9", 9_999);
    rig.happen(new Event.Input(new SaleEvent.BasketWithdrawn()));
    cash("ORDER-9", 9_999);

    assertThat(answers()).hasSize(3);
    assertThat(answers().get(0)).isEqualTo(new TillOutcome.Refused(DeclineReason.INSUFFICIENT_BALANCE));
    assertThat(answers().get(1)).isEqualTo(new TillOutcome.Withdrawn());
    assertThat(answers().get(2)).isInstanceOf(TillOutcome.Paid.class);
  }

  @Test
  @Requirement({"PAY-17"})
  void askedTwiceAtOnceTheSaleThatIsBeingRecordedAnswersBoth() {
    rig.holdJournal();
    cash("ORDER-8", 300);
    cash("ORDER-8", 300);
    cash("ORDER-8", 999);
    rig.releaseJournal();

    assertThat(count(RecordKind.SALE)).isEqualTo(1);
    assertThat(answers()).hasSize(2);
    assertThat(answers().getFirst()).isEqualTo(new TillOutcome.Rejected(ReferenceProblem.REFERENCE_USED));
    assertThat(answers().getLast()).isInstanceOf(TillOutcome.Paid.class);
  }

  @Test
  @Requirement({"PAY-17"})
  void aSaleThatLandedThoughItsFailureWasToldIsNotReportedAsPaid() {
    rig.store.failNextAfterItIsDurable();
    cash("ORDER-8", 300);
    rig.pass(10_000);

    cash("ORDER-8", 300);

    assertThat(count(RecordKind.SALE)).isEqualTo(1);
    assertThat(answers()).containsExactly(new TillOutcome.Refused(DeclineReason.PAYMENT_FAILED),
        new TillOutcome.Rejected(ReferenceProblem.REFERENCE_VOIDED));
  }
}
