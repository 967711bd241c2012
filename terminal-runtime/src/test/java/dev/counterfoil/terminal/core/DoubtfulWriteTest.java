package dev.counterfoil.terminal.core;

import static dev.counterfoil.terminal.core.StoppingStore.Fate.CUT_AFTER;
import static dev.counterfoil.terminal.core.StoppingStore.Fate.ERROR_AFTER;
import static dev.counterfoil.terminal.core.StoppingStore.Fate.ERROR_BEFORE;
import static dev.counterfoil.terminal.core.StoppingStore.Fate.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.core.StoppingStore.Fate;
import dev.counterfoil.terminal.core.StoppingStore.PowerCut;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A medium that reports an error over a sale and keeps it all the same, and power that ends at any step after it: the
/// glass and the till hear "failed" only of what is not booked, or taken back durably (I-19).
class DoubtfulWriteTest extends RiggedTerminal {

  private static final Screen FAILED = new Screen.Declined(DeclineReason.PAYMENT_FAILED);
  private static final Screen WAITS = new Screen.Working(1_200);

  @BeforeEach
  void anOfflineTerminalAtRest() {
    offlineWith(5_000);
    rig.pass(5_000);
  }

  private void offer() {
    offer("till-1", 1_200);
  }

  private void buy(Fate... commits) {
    offer();
    rig.store.next(commits);
    rig.card(CoreRig.CARD);
  }

  /// After the error come the reopened journal's trial write, the VOID, and something that has nothing to do with it.
  @ParameterizedTest
  @CsvSource({"CUT_BEFORE, 0", "CUT_AFTER, 0", "CUT_BEFORE, 1", "CUT_AFTER, 1", "CUT_BEFORE, 2",
      "CUT_AFTER, 2"})
  @Requirement({"PAY-17"})
  void powerThatEndsAtAnyStepLeavesNoBookedSaleThatWasCalledFailed(Fate cut, int stepsBefore) {
    var commits = new ArrayList<Fate>(List.of(ERROR_AFTER));
    commits.addAll(Collections.nCopies(stepsBefore, WELL));
    commits.add(cut);

    assertThatThrownBy(() -> {
      buy(commits.toArray(Fate[]::new));
      rig.pass(400_000);
    }).isInstanceOf(PowerCut.class);
    boolean calledFailed = rig.screens.contains(FAILED);
    boolean toldTill = !answers().isEmpty();
    restart(2);

    boolean takenBack = rig.kinds().contains(RecordKind.VOID);
    assertThat(calledFailed).isEqualTo(stepsBefore == 2).isEqualTo(toldTill);
    assertThat(takenBack).as("VOID durable")
        .isEqualTo(stepsBefore == 2 || stepsBefore == 1 && cut == CUT_AFTER);
    assertThat(rig.core.journal().head().turnover()).isEqualTo(takenBack ? 0 : 1_200);
    offer();
    assertThat(answers()).singleElement().satisfies(told -> assertThat(told)
        .isInstanceOf(takenBack ? TillOutcome.Rejected.class : TillOutcome.Paid.class));
    assertThat(count(RecordKind.SALE)).isEqualTo(1);
  }

  @Test
  void theGlassAsksToWaitUntilTheJournalKnows() {
    rig.store.failNextReopens(3);
    buy(ERROR_AFTER);

    rig.pass(9_000);
    assertThat(rig.screens.getLast()).isEqualTo(WAITS);
    assertThat(answers()).isEmpty();
    rig.pass(10_000);

    assertThat(rig.screens).containsOnlyOnce(FAILED);
    assertThat(rig.kinds()).endsWith(RecordKind.SALE, RecordKind.VOID);
    assertThat(answers()).containsExactly(new TillOutcome.Refused(DeclineReason.PAYMENT_FAILED));
  }

  @Test
  void whatDidNotLandHasFailedThoughTheMediumStillTakesNothing() {
    buy(ERROR_BEFORE, ERROR_BEFORE);

    assertThat(rig.screens).contains(FAILED);
    assertThat(count(RecordKind.SALE)).isZero();
  }

  @Test
  void aSaleThatLandedIsNotCalledFailedWhileItsVoidCannotBeWritten() {
    buy(ERROR_AFTER, ERROR_BEFORE, ERROR_BEFORE);

    rig.pass(4_000);
    assertThat(rig.screens.getLast()).isEqualTo(WAITS);
    rig.pass(20_000);

    assertThat(rig.screens).containsOnlyOnce(FAILED);
    assertThat(rig.kinds()).endsWith(RecordKind.SALE, RecordKind.VOID);
    assertThat(rig.store.unused()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"ERROR_AFTER", "ERROR_BEFORE"})
  void aVoidThatIsInDoubtItselfIsWrittenOnce(Fate ofTheVoid) {
    buy(ERROR_AFTER, WELL, ofTheVoid);

    rig.pass(20_000);

    assertThat(rig.screens).containsOnlyOnce(FAILED);
    assertThat(count(RecordKind.VOID)).isEqualTo(1);
    assertThat(rig.core.journal().head().turnover()).isZero();
    assertThat(rig.buy(3, CoreRig.CARD)).isEqualTo(new Screen.Approved(300, 4_700, true));
  }

  @Test
  @Requirement({"PAY-17"})
  void aTillThatAsksAgainMeanwhileHearsTheOneOutcome() {
    rig.store.failNextReopens(2);
    buy(ERROR_AFTER);

    offer();
    assertThat(answers()).isEmpty();
    rig.pass(20_000);
    offer();

    assertThat(answers()).containsExactly(new TillOutcome.Refused(DeclineReason.PAYMENT_FAILED),
        new TillOutcome.Rejected(ReferenceProblem.REFERENCE_VOIDED));
  }

  @ParameterizedTest
  @CsvSource({"ERROR_AFTER, 0", "ERROR_BEFORE, 1200"})
  void anOperatorsVoidInDoubtIsShownAsItTurnsOut(Fate ofTheVoid, long turnover) {
    buy();
    rig.keys("A");
    rig.store.next(ofTheVoid);

    rig.card(OPERATOR);

    assertThat(rig.screens.getLast()).isEqualTo(turnover == 0 ? new Screen.Voided(1_200) : FAILED);
    assertThat(rig.core.journal().head().turnover()).isEqualTo(turnover);
  }
}
