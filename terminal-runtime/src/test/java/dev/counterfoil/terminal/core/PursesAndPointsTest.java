package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which purse pays, and points, as a scripted server says them, and without a server as the snapshot does.
class PursesAndPointsTest extends RiggedTerminal {

  private Authorize asked(int units) {
    rig.keys(units + "#");
    rig.card(CoreRig.CARD);
    return rig.sent.stream().filter(Frame::hasAuthorize).toList().getLast().getAuthorize();
  }

  private void answers(Authorize question, Decision.Builder decision) {
    rig.receive(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(decision
        .setTransactionId(question.getTransactionId()).setOutcome(Outcomes.OUTCOMES_APPROVED).setHoldId(4)
        .setAccountId(CoreRig.ACCOUNT).setAmountMinor(question.getAmountMinor()).setBalanceMinor(9_000))
        .build());
  }

  @Test
  void theServersWordOnSubsidiesIsShownAndRecorded() {
    rig.connectBoth();
    answers(asked(12), Decision.newBuilder().setSubsidyMinor(500));

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Approved(1_200, 7_800, false,
        List.of(new Screen.Detail.Purses(500, 0, 700, 7_800))));
    assertThat(lastSale().getSubsidyMinor()).isEqualTo(500);
    assertThat(lastSale().getAmountMinor()).isEqualTo(1_200);
  }

  @Test
  void withoutTheServerTheSnapshotsSubsidyIsSpentFirstAndOnce() {
    rig.connectBoth();
    rig.snapshot(0, 3, false,
        CoreRig.account(CoreRig.CARD, 5_000).toBuilder().setSubsidyMinor(1_500).build());
    rig.cut();

    assertThat(rig.buy(10, CoreRig.CARD)).isEqualTo(new Screen.Approved(1_000, 4_000, true,
        List.of(new Screen.Detail.Purses(1_000, 500, 0, 3_500))));
    assertThat(rig.buy(10, CoreRig.CARD)).isEqualTo(new Screen.Approved(1_000, 3_000, true,
        List.of(new Screen.Detail.Purses(500, 0, 500, 3_000))));
    assertThat(lastSale().getSubsidyMinor()).isEqualTo(500);
    assertThat(rig.buy(10, CoreRig.CARD)).isEqualTo(new Screen.Approved(1_000, 2_000, true));
  }

  @Test
  @Requirement({"PTS-05"})
  void pointsThatPayAndPointsThatAreEarnedAreShownAndRecorded() {
    rig.connectBoth();
    offer("till-1", 1_200);
    rig.card(CoreRig.CARD);
    var question = rig.sent.stream().filter(Frame::hasAuthorize).toList().getLast().getAuthorize();
    answers(question, Decision.newBuilder().setPointsUsed(30).setPointsMinor(300).setPointsEarned(9));

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Approved(900, 8_100, false,
        List.of(new Screen.Detail.Points(30, 9))));
    var sale = lastSale();
    assertThat(sale.getPointsUsed()).isEqualTo(30);
    assertThat(sale.getPointsEarned()).isEqualTo(9);
    assertThat(sale.getOriginalMinor()).isEqualTo(1_200);
    assertThat(sale.getDiscountMinor()).isZero();
    assertThat(sale.getAmountMinor()).isEqualTo(900);
    assertThat(rig.records().getLast().amount()).isEqualTo(900);

    rig.pass(5_000);
    offer("till-1", 1_200);
    assertThat(answers().getLast()).as("what the till asked for is what it is told of")
        .isInstanceOf(TillOutcome.Paid.class);
  }

  @Test
  @Requirement({"PTS-05"})
  void withoutAWordOfPointsBothAreNought() {
    rig.connectBoth();
    answers(asked(12), Decision.newBuilder());

    assertThat(lastSale().getPointsUsed()).isZero();
    assertThat(lastSale().getPointsEarned()).isZero();
    assertThat(lastSale().getOriginalMinor()).isZero();
  }

  @Test
  void pointsThatLeaveNothingToPayAreNoSaleAndTheHoldIsGivenBack() {
    rig.connectBoth();
    answers(asked(12), Decision.newBuilder().setPointsUsed(120).setPointsMinor(1_200));

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Declined(DeclineReason.PAYMENT_FAILED));
    assertThat(rig.sent.getLast().hasCancel()).isTrue();
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);
  }
}
