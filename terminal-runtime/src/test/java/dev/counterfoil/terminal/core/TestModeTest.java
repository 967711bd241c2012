package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.CounterRules;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test mode in a whole terminal: everything happens, and no money moves.
class TestModeTest {

  private static final char TEST = '4';

  @TempDir
  private Path folder;
  private CoreRig rig;

  @BeforeEach
  void offline() {
    rig = CoreRig.enrolled(folder);
    rig.connectBoth();
    rig.snapshot(0, 1, false, CoreRig.account(CoreRig.CARD, 50_000), CoreRig.operator());
    rig.cut();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<JournalRecord> tests() {
    return rig.records().stream().filter(record -> record.is(RecordKind.TEST)).toList();
  }

  @Test
  @Requirement({"MCH-02"})
  void aTestPurchaseIsASignedRecordThatMovesNothing() throws Exception {
    rig.errand(TEST);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Test(new Screen.TestMode(true)));
    var before = rig.core.journal();

    assertThat(rig.buy(12, CoreRig.CARD))
        .isEqualTo(new Screen.Test(new Screen.Approved(1_200, 48_800, true)));

    assertThat(tests()).hasSize(2).allMatch(record -> record.amount() == 0);
    assertThat(TestRecord.parseFrom(tests().getLast().body()).getSale().getAmountMinor()).isEqualTo(1_200);
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);
    assertThat(rig.core.journal().head().turnover()).isEqualTo(before.head().turnover());
    assertThat(rig.core.journal().offlineUse()).isEqualTo(before.offlineUse());
    assertThat(rig.core.journal().lastSale()).isEmpty();
    assertThat(rig.effects).anyMatch(effect -> effect instanceof Effect.Print(var record)
        && record.is(RecordKind.TEST));
  }

  @Test
  void everyScreenSaysSoInBothLanguages() {
    rig.errand(TEST);
    rig.buy(12, CoreRig.CARD);

    for (Texts.Language language : Texts.Language.values()) {
      var texts = new Texts(language, "");
      assertThat(rig.screens.getLast()).isInstanceOf(Screen.Test.class);
      var first = texts.text(rig.screens.getLast()).lines().getFirst();
      assertThat(first.words()).startsWith(language == Texts.Language.ENGLISH ? "TEST" : "测试");
      assertThat(first.latin()).startsWith("TEST");
    }
  }

  @Test
  @Requirement({"MCH-02"})
  void voidsAndRefundsArePractisedOnWhatWasTested() throws Exception {
    rig.errand(TEST);
    rig.buy(12, CoreRig.CARD);
    rig.errand('3');
    rig.keys("1#");
    rig.keys("5#");
    assertThat(rig.screens).contains(new Screen.Test(new Screen.Refunded(500, false)));
    rig.buy(3, CoreRig.CARD);

    rig.errand('1');

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Test(new Screen.Voided(300)));
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE, RecordKind.VOID, RecordKind.REFUND);
    assertThat(TestRecord.parseFrom(tests().getLast().body()).getTakenBack().getAmountMinor()).isEqualTo(300);
  }

  @Test
  void theModeOutlivesARestartAndEndsByACard() {
    rig.errand(TEST);
    rig.close();
    rig = CoreRig.started(folder, 2);
    rig.buy(1, CoreRig.CARD);
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);

    rig.errand(TEST);

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.TestMode(false));
    assertThat(rig.buy(2, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    assertThat(rig.kinds()).endsWith(RecordKind.SALE);
  }

  @Test
  void theFileMaySwitchItOn() {
    rig.close();
    rig = CoreRig.startedWith(folder, 2, new CounterRules(false, 0, 0, true));

    rig.buy(2, CoreRig.CARD);

    assertThat(rig.kinds()).endsWith(RecordKind.TEST);
  }

  @Test
  void theServerIsAskedWithTheMarkAndAnOldOneNotAtAll() throws Exception {
    rig.errand(TEST);
    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_DESK, rig.welcome());
    rig.buy(2, CoreRig.CARD);
    assertThat(rig.sent).as("it would hold the amount").noneMatch(Frame::hasAuthorize);
    rig.cut();
    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_DESK, rig.welcome().setAnswersErrands(true));

    rig.buy(2, CoreRig.CARD);
    var asked = rig.sent.stream().filter(Frame::hasAuthorize).toList().getLast().getAuthorize();
    assertThat(asked.getTest()).isTrue();
    rig.receive(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(Decision.newBuilder()
        .setTransactionId(asked.getTransactionId()).setOutcome(Outcomes.OUTCOMES_DECLINED)
        .setReason(DeclineReason.CARD_EXPIRED.name())).build());

    assertThat(rig.screens.getLast())
        .isEqualTo(new Screen.Test(new Screen.Declined(DeclineReason.CARD_EXPIRED)));
    rig.pass(60_000);
    assertThat(rig.kinds()).endsWith(RecordKind.TEST).doesNotContain(RecordKind.DECLINE);
    assertThat(TestRecord.parseFrom(tests().getLast().body()).getDecline().getReason())
        .isEqualTo(DeclineReason.CARD_EXPIRED.name());
  }

  @Test
  void aTillIsNotToldThatSomebodyPaid() {
    rig.errand(TEST);

    rig.happen(new Event.Input(new SaleEvent.BasketOffered(new Basket(List.of(), 500, "till-1"))));

    assertThat(rig.effects.getLast()).isEqualTo(new Effect.AnswerTill("till-1",
        new TillOutcome.Refused(DeclineReason.MERCHANT_INVALID)));
  }
}
