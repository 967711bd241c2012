package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.SeqRange;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.journal.Shift;
import dev.counterfoil.terminal.sale.CounterRules;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cashier's shift in a whole terminal: opened, sold in, closed, and reconciled with the server's books.
class ShiftTest {

  private static final char SHIFT = '2';

  @TempDir
  private Path folder;
  private CoreRig rig;

  @BeforeEach
  void enrol() {
    rig = CoreRig.enrolled(folder);
    connect();
    rig.snapshot(0, 1, false, CoreRig.account(CoreRig.CARD, 50_000), CoreRig.operator());
    rig.cut();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// After the back-off of a connection that broke.
  private void connect() {
    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
    rig.connect(Channel.CHANNEL_DESK, rig.welcome().setAnswersErrands(true));
  }

  private void restart(long boot) {
    rig.close();
    rig = CoreRig.started(folder, boot);
  }

  private JournalRecord last(RecordKind kind) {
    return rig.records().stream().filter(record -> record.is(kind)).toList().getLast();
  }

  private ShiftReport closing() throws Exception {
    return ShiftReport.parseFrom(last(RecordKind.SHIFT_REPORT).body());
  }

  private List<Frame> questions() {
    return rig.sent.stream().filter(Frame::hasErrand).toList();
  }

  private void answer(ShiftAnswer.Builder answer) {
    rig.receive(Channel.CHANNEL_DESK, Frame.newBuilder().setErrandAnswer(ErrandAnswer.newBuilder()
        .setNumber(questions().getLast().getErrand().getNumber()).setShift(answer)).build());
  }

  /// What a server says that has the same.
  private ShiftAnswer.Builder same() throws Exception {
    ShiftReport report = closing();
    return ShiftAnswer.newBuilder().setCloseSeq(last(RecordKind.SHIFT_REPORT).seq())
        .setSales(report.getSales()).setSalesMinor(report.getSalesMinor()).setVoids(report.getVoids())
        .setVoidsMinor(report.getVoidsMinor()).setCardMinor(report.getCardMinor())
        .setCashMinor(report.getCashMinor());
  }

  @Test
  @Requirement({"REC-04", "MCH-03"})
  void aClosedShiftIsARecordWithItsOwnTotals() throws Exception {
    rig.buy(7, CoreRig.CARD);
    assertThat(rig.errand(SHIFT)).isEqualTo(new Screen.ShiftOpened(1));
    long opened = last(RecordKind.SHIFT_REPORT).seq();
    rig.buy(12, CoreRig.CARD);
    rig.buy(3, CoreRig.CARD);
    rig.errand('1');

    assertThat(rig.errand(SHIFT)).isEqualTo(new Screen.ShiftClosed(1, 1_200));

    ShiftReport report = closing();
    assertThat(report.getFromSeq()).isEqualTo(opened);
    assertThat(report.getToSeq()).isEqualTo(last(RecordKind.SHIFT_REPORT).seq() - 1);
    assertThat(List.of((long) report.getSales(), report.getSalesMinor(), (long) report.getVoids(),
        report.getVoidsMinor(), report.getCardMinor(), report.getCashMinor()))
        .containsExactly(2L, 1_500L, 1L, 300L, 1_500L, 0L);
    assertThat(report.getOperatorToken().toByteArray()).isEqualTo(CoreRig.OPERATOR.bytes());
    assertThat(rig.effects).anyMatch(effect -> effect instanceof Effect.Print(var record)
        && record.is(RecordKind.SHIFT_REPORT));
  }

  @Test
  @Requirement({"REC-04", "OFF-04"})
  void aShiftClosedWithoutTheServerIsAnsweredWhenItHasTheRecordsOverARestartToo() throws Exception {
    rig.errand(SHIFT);
    rig.buy(12, CoreRig.CARD);
    rig.errand(SHIFT);
    restart(2);
    rig.connect(Channel.CHANNEL_DESK, rig.welcome().setAnswersErrands(true));
    rig.pass(30_000);
    assertThat(questions()).as("the books do not have its records yet").isEmpty();

    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
    rig.acknowledgeAll();
    rig.pass(1);
    assertThat(questions()).hasSize(1);
    answer(same());

    assertThat(rig.screens).contains(new Screen.ShiftEqual(1, 1_200));
    assertThat(rig.noted("shift_equal")).singleElement().asString().contains("difference=0 missing=none");
    assertThat(rig.core.journal().shift()).isEqualTo(new Shift(1, 0, 0, 0));
    rig.pass(60_000);
    assertThat(questions()).as("answered once").hasSize(1);
  }

  @Test
  @Requirement({"REC-04"})
  void aDifferenceAndTheMissingRecordsAreNamed() throws Exception {
    connect();
    rig.errand(SHIFT);
    rig.keys("12#");
    rig.cut();
    rig.card(CoreRig.CARD);
    rig.errand(SHIFT);
    connect();
    rig.acknowledgeAll();
    rig.pass(1);

    answer(same().setSales(0).setSalesMinor(0).setCardMinor(0)
        .addMissing(SeqRange.newBuilder().setFromSeq(4).setToSeq(6))
        .addMissing(SeqRange.newBuilder().setFromSeq(9).setToSeq(9)));

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.ShiftDiffers(-1_200, 0, "4-6,9"));
    assertThat(rig.alerted("SHIFT_DIFFERS")).singleElement().asString()
        .contains("terminal=1200 server=0 difference=-1200 missing=4-6,9");
    assertThat(rig.effects).anyMatch(Effect.PrintShift.class::isInstance);
  }

  @Test
  void theAnswerWaitsUntilNobodyIsBeingServed() throws Exception {
    connect();
    rig.errand(SHIFT);
    rig.errand(SHIFT);
    rig.acknowledgeAll();
    rig.pass(1);
    rig.keys("12");
    answer(same());
    assertThat(rig.screens).noneMatch(Screen.ShiftEqual.class::isInstance);

    rig.keys("D");

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.ShiftEqual(1, 0));
  }

  @Test
  void theAnswerOfAnotherShiftIsNotTakenForThisOne() throws Exception {
    connect();
    rig.errand(SHIFT);
    rig.errand(SHIFT);
    rig.acknowledgeAll();
    rig.pass(1);

    answer(same().setCloseSeq(same().getCloseSeq() - 1));
    assertThat(rig.screens).noneMatch(Screen.ShiftEqual.class::isInstance);

    answer(same());
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.ShiftEqual(1, 0));
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainAndAnOldServerIsNotAskedAtAll() {
    rig.errand(SHIFT);
    rig.errand(SHIFT);
    rig.pass(60_000);
    rig.connectBoth();
    rig.acknowledgeAll();
    rig.pass(20_000);
    assertThat(questions()).as("it would close the connection over an unknown message").isEmpty();
    rig.cut();
    connect();
    rig.pass(1);

    rig.pass(25_000);

    assertThat(questions()).hasSize(3);
  }

  @Test
  void anOpenShiftSurvivesARestart() throws Exception {
    rig.errand(SHIFT);
    rig.buy(12, CoreRig.CARD);
    rig.pass(2_000);
    restart(2);
    assertThat(rig.core.journal().shift().isOpen()).isTrue();
    rig.buy(1, CoreRig.CARD);

    rig.errand(SHIFT);

    assertThat(closing().getSalesMinor()).isEqualTo(1_300);
  }

  @Test
  void aShiftWhoseRecordCameBackFromTheServerIsKnownAgain() {
    rig.errand(SHIFT);
    JournalRecord opening = last(RecordKind.SHIFT_REPORT);

    assertThat(dev.counterfoil.terminal.journal.ReplayedState.of(opening)).containsExactly(
        new dev.counterfoil.terminal.journal.StateChange.ShiftChanged(
            new Shift(1, opening.seq(), opening.wallMillis(), 0)));
  }

  @Test
  void whatAClosedShiftReportedIsNotTakenBackAnyMore() {
    rig.errand(SHIFT);
    rig.buy(12, CoreRig.CARD);
    rig.errand(SHIFT);

    assertThat(rig.errand('1')).isEqualTo(new Screen.Rejected(Screen.Mistake.NOTHING_TO_VOID));
  }

  @Test
  void whereSellingNeedsAShiftNothingIsSoldWithoutOne() {
    rig.close();
    rig = CoreRig.startedWith(folder, 2, new CounterRules(true));
    assertThat(rig.core.health()).isEqualTo("SHIFT_CLOSED");
    rig.buy(12, CoreRig.CARD);
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);

    assertThat(rig.errand(SHIFT)).isEqualTo(new Screen.ShiftOpened(1));

    assertThat(rig.buy(12, CoreRig.CARD)).isEqualTo(new Screen.Approved(1_200, 48_800, true));
  }

  @Test
  void aShiftIsOpenedByAnOperatorsCardOnly() {
    rig.keys("A2");
    rig.card(CoreRig.CARD);

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Rejected(Screen.Mistake.NOT_AN_OPERATOR));
    assertThat(rig.noted("attempt_refused")).containsExactly("reason=NOT_AN_OPERATOR number=54");
    assertThat(rig.kinds()).doesNotContain(RecordKind.SHIFT_REPORT);
  }

  @Test
  void aShiftThatCouldNotBeWrittenIsNotOpen() {
    rig.store.failNextBeforeItIsDurable();

    assertThat(rig.errand(SHIFT)).isInstanceOf(Screen.OutOfOrder.class);

    assertThat(rig.core.journal().shift().isOpen()).isFalse();
  }
}
