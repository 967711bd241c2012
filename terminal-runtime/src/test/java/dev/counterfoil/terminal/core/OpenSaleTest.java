package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.sale.CounterRules;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A holder who cannot know whether he has paid presents his card again (ERR 013): he is told, and pays nothing.
class OpenSaleTest {

  private static final CardToken OTHER = new CardToken(1, 0, 8);

  @TempDir
  private Path folder;
  private CoreRig rig;

  @BeforeEach
  void offline() {
    rig = CoreRig.enrolled(folder);
    rig.connectBoth();
    rig.snapshot(0, 1, false, CoreRig.account(CoreRig.CARD, 50_000),
        CoreRig.account(OTHER, 50_000).toBuilder().setAccountId(43).build(), CoreRig.operator());
    rig.cut();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// The record is durable, and the power ends before anything is shown.
  private void sellAndCutThePower() {
    rig.keys("12#");
    rig.holdJournal();
    rig.happen(new Event.Input(new SaleEvent.CardPresented(CoreRig.CARD)));
    rig.doHeld(2);
    restart(2);
  }

  private void restart(long boot) {
    rig.close();
    rig = CoreRig.started(folder, boot);
  }

  private long sales() {
    return rig.kinds().stream().filter(RecordKind.SALE::equals).count();
  }

  @Test
  @Requirement({"PAY-07", "PAY-17"})
  void thePowerThatEndsBetweenCommitAndGlassChargesTheSameCardOnce() {
    sellAndCutThePower();
    long seq = rig.core.journal().lastSale().orElseThrow().seq();
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.SameCard(1_200));

    Screen told = rig.buy(12, CoreRig.CARD);

    assertThat(told).isInstanceOfSatisfying(Screen.AlreadyPaid.class, paid -> {
      assertThat(paid.amountMinor()).isEqualTo(1_200);
      assertThat(paid.seq()).isEqualTo(seq);
    });
    assertThat(sales()).isEqualTo(1);
    assertThat(rig.effects).anyMatch(effect -> effect instanceof Effect.Print(var record)
        && record.seq() == seq);
    rig.pass(20_000);
    assertThat(rig.buy(12, CoreRig.CARD)).as("what follows is a purchase")
        .isInstanceOf(Screen.Approved.class);
  }

  @Test
  void anotherCardWaitsUntilTheFirstWasToldOverRestartsToo() {
    sellAndCutThePower();
    rig.buy(3, OTHER);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.SameCard(1_200));
    restart(3);
    rig.buy(3, OTHER);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.SameCard(1_200));
    assertThat(sales()).isEqualTo(1);

    rig.keys("D");
    rig.card(CoreRig.CARD);
    assertThat(rig.screens).anyMatch(Screen.AlreadyPaid.class::isInstance);

    assertThat(rig.buy(3, OTHER)).isInstanceOf(Screen.Approved.class);
  }

  @Test
  void anotherCardWaitsNoLongerThanIsSetOrUntilAnOperatorSaysSo() {
    sellAndCutThePower();
    rig.pass(CounterRules.DEFAULT_SAME_CARD_MILLIS);
    assertThat(rig.screens.getLast()).isInstanceOf(Screen.Ready.class);
    assertThat(rig.buy(3, OTHER)).isInstanceOf(Screen.Approved.class);

    rig.holdJournal();
    rig.keys("12#");
    rig.happen(new Event.Input(new SaleEvent.CardPresented(CoreRig.CARD)));
    rig.doHeld(2);
    restart(3);
    assertThat(rig.errand('5')).isInstanceOf(Screen.AlreadyPaid.class);

    assertThat(rig.buy(3, OTHER)).isInstanceOf(Screen.Approved.class);
    assertThat(rig.errand('5')).isEqualTo(new Screen.Rejected(Screen.Mistake.NOTHING_OPEN));
  }

  @Test
  void aSaleThatWasShownAndNotedIsNotInDoubtAfterARestart() {
    rig.buy(12, CoreRig.CARD);
    rig.pass(TerminalCore.REST_MILLIS);
    restart(2);

    assertThat(rig.buy(3, OTHER)).isInstanceOf(Screen.Approved.class);
  }

  @Test
  @Requirement({"PAY-17"})
  void aCardThatWasGoneBeforeItsResultStoodThereIsToldOnceMore() {
    rig.keys("12#");
    rig.holdJournal();
    rig.card(CoreRig.CARD);
    rig.releaseJournal();
    assertThat(rig.approved()).isEqualTo(1);

    assertThat(rig.buy(12, CoreRig.CARD)).isInstanceOf(Screen.AlreadyPaid.class);

    assertThat(sales()).isEqualTo(1);
    assertThat(rig.buy(12, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
  }

  @Test
  void aCardThatSawItsResultAndOneThatComesLaterPay() {
    rig.keys("12#");
    rig.happen(new Event.Input(new SaleEvent.CardPresented(CoreRig.CARD)));
    assertThat(rig.approved()).isEqualTo(1);
    rig.happen(new Event.Input(new SaleEvent.CardRemoved()));
    assertThat(rig.buy(12, CoreRig.CARD)).as("it lay there when the result did")
        .isInstanceOf(Screen.Approved.class);

    rig.keys("12#");
    rig.holdJournal();
    rig.card(CoreRig.CARD);
    rig.releaseJournal();
    rig.pass(OpenSales.DOUBT_MILLIS);
    assertThat(rig.buy(12, CoreRig.CARD)).as("too late for a hand that drew back")
        .isInstanceOf(Screen.Approved.class);
    assertThat(sales()).isEqualTo(4);
  }

  @Test
  void onlyTheSameAmountSoonIsTakenForDoubtAndNobodyElseWaits() {
    rig.keys("12#");
    rig.holdJournal();
    rig.card(CoreRig.CARD);
    rig.releaseJournal();

    assertThat(rig.buy(3, OTHER)).isInstanceOf(Screen.Approved.class);
    rig.keys("4#");
    rig.holdJournal();
    rig.card(CoreRig.CARD);
    rig.releaseJournal();
    assertThat(rig.buy(5, CoreRig.CARD)).as("another amount").isInstanceOf(Screen.Approved.class);
  }

  @Test
  void whatIsTestedWaitsForNoCard() {
    sellAndCutThePower();

    rig.errand('4');

    assertThat(rig.buy(3, OTHER)).isInstanceOfSatisfying(Screen.Test.class,
        test -> assertThat(test.shown()).isInstanceOf(Screen.Approved.class));
    rig.errand('4');
    rig.buy(3, OTHER);
    assertThat(rig.screens.getLast()).as("afterwards it does").isEqualTo(new Screen.SameCard(1_200));
  }

  @Test
  void whatIsVoidedIsNotInDoubt() {
    sellAndCutThePower();

    assertThat(rig.errand('1')).isEqualTo(new Screen.Voided(1_200));

    assertThat(rig.buy(3, OTHER)).isInstanceOf(Screen.Approved.class);
  }

  @Test
  void aVoidIsTakenWithinItsTimeOnly() {
    rig.close();
    rig = CoreRig.startedWith(folder, 2, new CounterRules(false, 60_000, 0));
    rig.buy(3, OTHER);
    rig.pass(61_000);
    assertThat(rig.errand('1')).isEqualTo(new Screen.Rejected(Screen.Mistake.VOID_TOO_LATE));
    rig.buy(4, OTHER);
    rig.pass(59_000);

    assertThat(rig.errand('1')).isEqualTo(new Screen.Voided(400));
    assertThat(rig.errand('1')).as("not twice")
        .isEqualTo(new Screen.Rejected(Screen.Mistake.NOTHING_TO_VOID));
  }

  @Test
  void aVoidIsPossibleAfterARestart() {
    rig.buy(3, OTHER);
    rig.pass(2_000);
    restart(2);

    assertThat(rig.errand('1')).isEqualTo(new Screen.Voided(300));
  }

  @Test
  void onlineToo() {
    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_DESK, rig.welcome());
    rig.cut();
    sellAndCutThePower();
    rig.connect(Channel.CHANNEL_DESK, rig.welcome());
    long asked = rig.sent.stream().filter(dev.counterfoil.proto.v1.Frame::hasAuthorize).count();

    rig.buy(12, CoreRig.CARD);

    assertThat(rig.screens.getLast()).isInstanceOf(Screen.AlreadyPaid.class);
    assertThat(rig.sent.stream().filter(dev.counterfoil.proto.v1.Frame::hasAuthorize).count())
        .as("nothing is asked, nothing is held").isEqualTo(asked);
  }
}
