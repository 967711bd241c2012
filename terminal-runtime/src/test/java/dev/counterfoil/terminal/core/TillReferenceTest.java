package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A till's reference names one sale, whatever is lost between the till and the terminal.
class TillReferenceTest {

  private static final CardToken OPERATOR = new CardToken(1, 0, 8);

  @TempDir
  Path folder;
  private CoreRig rig;

  @BeforeEach
  void anOfflineTerminalWithOneAccount() {
    rig = CoreRig.enrolled(folder);
    rig.connectBoth();
    rig.snapshot(0, 3, false, CoreRig.account(CoreRig.CARD, 5_000),
        CoreRig.account(OPERATOR, 0).toBuilder().setOperatorCard(true).build());
    rig.cut();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void restart() {
    rig.close();
    rig = CoreRig.started(folder, 2);
  }

  private void offer(String reference, long amountMinor) {
    rig.happen(new Event.Input(new SaleEvent.BasketOffered(new Basket(List.of(), amountMinor, reference))));
  }

  private void cash(String reference, long amountMinor) {
    rig.happen(new Event.Input(new SaleEvent.CashTaken(new Basket(List.of(), amountMinor, reference))));
  }

  private List<TillOutcome> answers() {
    return rig.effects.stream().filter(Effect.AnswerTill.class::isInstance)
        .map(effect -> ((Effect.AnswerTill) effect).outcome()).toList();
  }

  private List<JournalRecord> sales() {
    return rig.records().stream().filter(record -> record.is(RecordKind.SALE)).toList();
  }

  @Test
  @Requirement({"PAY-17"})
  void aRepeatedReferenceIsAnsweredWithTheFirstSaleAndChargesNobody() {
    offer("ORDER-7", 1_200);
    rig.card(CoreRig.CARD);

    offer("ORDER-7", 1_200);
    rig.card(CoreRig.CARD);

    assertThat(sales()).hasSize(1);
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

    restart();
    offer("ORDER-7", 1_200);
    cash("ORDER-8", 300);

    assertThat(sales()).hasSize(2);
    assertThat(answers()).isEqualTo(before);
  }

  @Test
  @Requirement({"PAY-17"})
  void theSameReferenceWithAnotherAmountIsAnErrorOfItsOwn() {
    cash("ORDER-8", 300);

    cash("ORDER-8", 301);
    restart();
    offer("ORDER-8", 299);

    assertThat(sales()).hasSize(1);
    assertThat(answers()).containsExactly(new TillOutcome.Rejected(ReferenceProblem.REFERENCE_USED));
  }

  @Test
  void aSaleThatWasTakenBackIsNotReportedAsPaid() {
    cash("ORDER-8", 300);
    rig.keys("A");
    rig.card(OPERATOR);
    assertThat(rig.records().getLast().is(RecordKind.VOID)).isTrue();

    cash("ORDER-8", 300);

    assertThat(sales()).hasSize(1);
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

    assertThat(sales()).hasSize(1);
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

    assertThat(sales()).hasSize(1);
    assertThat(answers()).containsExactly(new TillOutcome.Refused(DeclineReason.PAYMENT_FAILED),
        new TillOutcome.Rejected(ReferenceProblem.REFERENCE_VOIDED));
  }
}
