package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Fetched;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Goodbye;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.outbox.Outbox;
import dev.counterfoil.terminal.outbox.SyncStatus;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalCoreTest extends RiggedTerminal {

  @Test
  @Requirement({"OFF-02", "OFF-03", "OFF-05"})
  void anOfflineSaleIsDurableQueuedAndMarkedOffline() throws Exception {
    offlineWith(5_000);

    Screen shown = rig.buy(12, CoreRig.CARD);

    assertThat(shown).isEqualTo(new Screen.Approved(1_200, 3_800, true));
    JournalRecord record = rig.records().getLast();
    assertThat(record.is(RecordKind.SALE)).isTrue();
    Sale sale = Sale.parseFrom(record.body());
    assertThat(sale.getOffline()).isTrue();
    assertThat(sale.getBalanceBeforeMinor()).isEqualTo(5_000);
    assertThat(sale.getBalanceAfterMinor()).isEqualTo(3_800);
    Outbox outbox = Outbox.of(rig.core.journal().ack().statement());
    assertThat(outbox.statusOf(record.seq())).isEqualTo(SyncStatus.QUEUED);
    assertThat(SyncStatus.QUEUED.code()).isZero();
  }

  @Test
  @Requirement({"SYN-03"})
  void theGreetingAfterFailedTriesSaysHowManyThereWere() {
    for (int failed = 0; failed < 4; failed++) {
      rig.cut();
      rig.pass(60_000);
    }
    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());

    assertThat(rig.sent).filteredOn(Frame::hasHello).last()
        .satisfies(frame -> assertThat(frame.getHello().getFailures()).isEqualTo(4));
  }

  @Test
  void greetingAndSignOfLifeTellHowTheTerminalIs() {
    rig.happen(new Event.DeviceFailed("reader", "READER_SILENT"));
    rig.happen(new Event.DeviceFailed("reader", "LINE_LOST"));
    rig.happen(new Event.DeviceWell("reader"));
    rig.happen(new Event.DeviceFailed("reader", "READER_SILENT"));
    rig.happen(new Event.DeviceFailed("printer", "PAPER_OUT"));
    rig.happen(new Event.DeviceWell("printer"));
    rig.connectBoth();
    rig.happen(new Event.DeviceWell("reader"));
    rig.pass(40_000);

    var greeted = rig.sent.stream().filter(Frame::hasHello).toList().getLast().getHello().getCondition();
    assertThat(greeted.getStartCause()).isEqualTo("FIRST");
    assertThat(greeted.getStarts()).isEqualTo(rig.core.journal().boots().count()).isPositive();
    assertThat(greeted.getCapacity()).isEqualTo(1_000_000);
    assertThat(greeted.getDevicesList()).extracting(device -> device.getName() + " " + device.getFault() + " "
        + device.getFailures()).containsExactly("reader READER_SILENT 2", "printer  1");
    var ping = rig.sent.stream().filter(Frame::hasPing).filter(frame -> frame.getPing().hasCondition())
        .toList()
        .getLast().getPing().getCondition();
    assertThat(ping.getDevices(0).getFault()).isEmpty();
    assertThat(ping.getUpMs()).isGreaterThan(greeted.getUpMs());
    assertThat(ping.getRecords()).isEqualTo(rig.records().size());
  }

  @Test
  @Requirement({"OFF-04", "SYN-02"})
  void onlineAgainTheQueueIsSentAndTheAcknowledgementMarksItSynced() {
    offlineWith(5_000);
    rig.buy(12, CoreRig.CARD);
    long seq = rig.records().getLast().seq();

    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
    rig.acknowledgeAll();

    assertThat(rig.received().seq()).isGreaterThanOrEqualTo(seq);
    Outbox outbox = Outbox.of(rig.core.journal().ack().statement());
    assertThat(outbox.statusOf(seq)).isEqualTo(SyncStatus.SYNCED);
    assertThat(rig.effects).anyMatch(e -> e instanceof Effect.Note(var event, var _) && event.equals("sync"));
  }

  @Test
  @Requirement({"PAY-07"})
  void nothingIsShownApprovedBeforeTheJournalAnswers() {
    offlineWith(5_000);
    rig.keys("12#");
    rig.holdJournal();

    rig.card(CoreRig.CARD);
    assertThat(rig.approved()).isZero();
    rig.releaseJournal();

    assertThat(rig.approved()).isEqualTo(1);
  }

  @Test
  void aCommitThatFailsIsShownAsFailedAndSellingGoesOnAfterAFreshLook() {
    offlineWith(5_000);
    rig.keys("12#");
    rig.store.failNextBeforeItIsDurable();

    rig.card(CoreRig.CARD);

    assertThat(rig.approved()).isZero();
    assertThat(rig.screens).contains(new Screen.Declined(DeclineReason.PAYMENT_FAILED));
    rig.pass(20_000);
    assertThat(rig.core.health()).isEqualTo("READY");
    assertThat(rig.buy(3, CoreRig.CARD)).isEqualTo(new Screen.Approved(300, 4_700, true));
  }

  @Test
  void aSaleThatLandedThoughItsCommitFailedIsTakenBackByAVoid() {
    offlineWith(5_000);
    rig.keys("12#");
    rig.store.failNextAfterItIsDurable();

    rig.card(CoreRig.CARD);
    rig.pass(20_000);

    assertThat(rig.approved()).isZero();
    assertThat(rig.kinds()).endsWith(RecordKind.SALE, RecordKind.VOID);
    assertThat(rig.core.journal().head().turnover()).isZero();
    assertThat(rig.buy(3, CoreRig.CARD)).isEqualTo(new Screen.Approved(300, 4_700, true));
  }

  @Test
  @Requirement({"OFF-09", "SEC-01"})
  void theAllowanceHoldsOverRestartsUntilTheServerHasEverything() throws Exception {
    offlineWith(50_000);
    for (int i = 0; i < 3; i++) {
      assertThat(rig.buy(1, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
      rig.pass(10_000);
    }
    restart(2);
    for (int i = 0; i < 2; i++) {
      assertThat(rig.buy(1, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
      rig.pass(10_000);
    }

    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Declined(DeclineReason.OFFLINE_ALLOWANCE_USED));
  }

  @Test
  @Requirement({"OFF-09"})
  void afterAGapATenthOfTheAllowanceHoldsUntilTheServerHasTheGap() {
    rig.allowedCount = 20;
    offlineWith(50_000);
    ChainPosition head = rig.store.state().head();
    rig.store.commit(CommitUnit.ofState(head, List.of(new StateChange.GapDeclared(head.seq()))));

    buyWell(2);
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Declined(DeclineReason.OFFLINE_ALLOWANCE_USED));

    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
    rig.acknowledgeAll();
    rig.cut();
    buyWell(3);
  }

  @Test
  void theShareAfterAGapIsASetting() {
    rig.close();
    rig = CoreRig.startedWith(folder, 2, 25);
    rig.allowedCount = 20;
    offlineWith(50_000);
    ChainPosition head = rig.store.state().head();
    rig.store.commit(CommitUnit.ofState(head, List.of(new StateChange.GapDeclared(head.seq()))));

    buyWell(5);
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Declined(DeclineReason.OFFLINE_ALLOWANCE_USED));
  }

  private void buyWell(int times) {
    for (int i = 0; i < times; i++) {
      rig.pass(10_000);
      assertThat(rig.buy(1, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    }
    rig.pass(10_000);
  }

  @Test
  @Requirement({"OFF-06"})
  void anAccountThatMayNotPayOfflineIsRefused() {
    rig.connectBoth();
    rig.snapshot(0, 3, false,
        CoreRig.account(CoreRig.CARD, 5_000).toBuilder().setEnableOffline(false).build());
    rig.cut();

    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Declined(DeclineReason.OFFLINE_NOT_ALLOWED));
  }

  @Test
  @Requirement({"PAY-06"})
  void ownUnsettledSalesReduceWhatMayBeSpentOffline() {
    offlineWith(1_500);
    assertThat(rig.buy(10, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    rig.pass(10_000);

    assertThat(rig.buy(10, CoreRig.CARD)).isEqualTo(new Screen.Declined(DeclineReason.INSUFFICIENT_BALANCE));
  }

  @Test
  void aSnapshotInPartsReplacesTheOldOneOnlyWithItsLastPart() {
    rig.connectBoth();
    rig.snapshot(0, 3, false, CoreRig.account(CoreRig.CARD, 5_000));
    rig.snapshot(0, 8, true);
    assertThat(rig.core.journal().versions().snapshot()).isEqualTo(3);
    rig.snapshot(8, 9, false, CoreRig.account(CoreRig.CARD, 700));

    assertThat(rig.core.journal().versions().snapshot()).isEqualTo(9);
    assertThat(rig.sent.getLast().getSnapshotRequest().getHaveSnapshot()).isEqualTo(9);
    rig.cut();
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Approved(100, 600, true));
  }

  /// The server speaks when it is asked or when something changes, which may be tomorrow.
  @Test
  void aPartThatTheMediumDidNotTakeIsAskedForAgain() {
    rig.connectBoth();
    rig.snapshot(0, 3, false, CoreRig.account(CoreRig.CARD, 5_000));
    rig.store.failNextBeforeItIsDurable();
    rig.snapshot(3, 4, false, CoreRig.account(CoreRig.CARD, 700));
    rig.sent.clear();

    rig.pass(61_000);

    assertThat(rig.sent).filteredOn(Frame::hasSnapshotRequest).singleElement()
        .satisfies(frame -> assertThat(frame.getSnapshotRequest().getHaveSnapshot()).isEqualTo(3));
    rig.snapshot(3, 4, false, CoreRig.account(CoreRig.CARD, 700));
    assertThat(rig.core.journal().versions().snapshot()).isEqualTo(4);
  }

  @Test
  void anIdleLinkSaysNothingButPingAndWritesNothing() {
    rig.connectBoth();
    rig.acknowledgeAll();
    long head = rig.core.journal().head().seq();
    rig.sent.clear();

    for (int minute = 0; minute < 180; minute++) {
      rig.pass(30_000);
      for (Channel channel : List.copyOf(rig.connections.keySet())) {
        rig.receive(channel, Frame.newBuilder().setPong(Pong.newBuilder()).build());
      }
      rig.pass(30_000);
      for (Channel channel : List.copyOf(rig.connections.keySet())) {
        rig.receive(channel, Frame.newBuilder().setPong(Pong.newBuilder()).build());
      }
    }

    assertThat(rig.sent).isNotEmpty().allMatch(Frame::hasPing);
    assertThat(rig.core.journal().head().seq()).isEqualTo(head);
  }

  @Test
  @Requirement({"SYN-03"})
  void threeFailuresRaiseAnAlertAndRetriesNeverStop() {
    int tries = 0;
    for (int i = 0; i < 200; i++) {
      Long connection = rig.connections.get(Channel.CHANNEL_JOURNAL);
      if (connection != null) {
        tries++;
        rig.connections.remove(Channel.CHANNEL_JOURNAL);
        rig.happen(new Event.LinkDown(Channel.CHANNEL_JOURNAL, connection, "refused"));
      }
      rig.pass(60_000);
    }

    assertThat(tries).isGreaterThan(150);
    assertThat(rig.effects)
        .anyMatch(e -> e instanceof Effect.Alert(var code, var _) && code.equals("SYNC_FAILING"));
  }

  @Test
  @Requirement({"OFF-01", "PAY-17"})
  void anOnlineSaleAsksTheServerAndRecordsUnderTheSameTransaction() throws Exception {
    rig.connectBoth();
    rig.keys("12#");
    rig.card(CoreRig.CARD);
    var question = rig.sent.getLast().getAuthorize();
    assertThat(question.getAmountMinor()).isEqualTo(1_200);

    rig.receive(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(Decision.newBuilder()
        .setTransactionId(question.getTransactionId()).setOutcome(Outcomes.OUTCOMES_APPROVED).setHoldId(77)
        .setAccountId(CoreRig.ACCOUNT).setBalanceMinor(9_000)).build());

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Approved(1_200, 7_800, false));
    Sale sale = Sale.parseFrom(rig.records().getLast().body());
    assertThat(sale.getTransactionId()).isEqualTo(question.getTransactionId());
    assertThat(sale.getHoldId()).isEqualTo(77);
    assertThat(sale.getOffline()).isFalse();
  }

  @Test
  void aLateApprovalOfWhatWasDeclinedHereIsCancelled() {
    rig.connectBoth();
    rig.keys("12#");
    rig.card(CoreRig.CARD);
    ByteString asked = rig.sent.getLast().getAuthorize().getTransactionId();
    rig.pass(900);
    assertThat(rig.screens).contains(new Screen.Declined(DeclineReason.OFFLINE_NOT_ALLOWED));
    long cancels = rig.sent.stream().filter(Frame::hasCancel).count();

    rig.receive(Channel.CHANNEL_DESK,
        Frame.newBuilder().setDecision(Decision.newBuilder().setTransactionId(asked)
            .setOutcome(Outcomes.OUTCOMES_APPROVED).setHoldId(5)).build());

    assertThat(cancels).isEqualTo(1);
    assertThat(rig.sent.stream().filter(Frame::hasCancel)).hasSize(2)
        .allMatch(frame -> frame.getCancel().getTransactionId().equals(asked));
    assertThat(rig.approved()).isZero();
  }

  @Test
  void aCancellationThatCouldNotBeSentIsSentWhenTheDeskIsOpenAgain() {
    rig.connectBoth();
    rig.keys("12#");
    rig.card(CoreRig.CARD);
    ByteString asked = rig.sent.getLast().getAuthorize().getTransactionId();
    rig.cut();
    assertThat(rig.sent).noneMatch(Frame::hasCancel);

    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_DESK, rig.welcome());

    assertThat(rig.sent)
        .anyMatch(frame -> frame.hasCancel() && frame.getCancel().getTransactionId().equals(asked));
  }

  @Test
  void anEpochIsConfirmedOnlyAfterItIsDurable() {
    var next = new EpochId(2, 22);
    rig.holdJournal();
    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome().setEpochOffer(CoreRig.offer(next)));
    assertThat(rig.sent).noneMatch(Frame::hasEpochConfirm);

    rig.releaseJournal();

    assertThat(rig.sent).anyMatch(Frame::hasEpochConfirm);
    assertThat(rig.core.journal().epoch().id()).isEqualTo(next);
  }

  @Test
  void aRolledBackTerminalSellsAgainOnlyOnceTheMissingRecordsAreBack() throws Exception {
    offlineWith(50_000);
    rig.buy(1, CoreRig.CARD);
    rig.pass(5_000);
    Path old = Files.createDirectory(folder.resolve("old"));
    rig.close();
    Files.copy(folder.resolve("journal.db"), old.resolve("journal.db"));
    rig = CoreRig.started(folder, 2);
    rig.buy(2, CoreRig.CARD);
    rig.pass(5_000);
    List<JournalRecord> all = rig.records();
    rig.close();
    rig = CoreRig.started(old, 3);
    long behind = rig.core.journal().head().seq();

    var server = all.getLast().position();
    rig.connect(Channel.CHANNEL_JOURNAL, Welcome.newBuilder().setVersion(1).setWindow(8)
        .setVerdict(Verdict.VERDICT_ROLLED_BACK).setAck(rig.ack(server, server, server))
        .setEpochOffer(CoreRig.offer(new EpochId(5, 5))));
    assertThat(rig.core.health()).isEqualTo("ROLLED_BACK");
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.OutOfOrder("ROLLED_BACK"));
    var fetched = Fetched.newBuilder().setFromSeq(behind + 1).setEnd(true);
    all.stream().filter(r -> r.seq() > behind)
        .forEach(r -> fetched.addRecords(ByteString.copyFrom(r.bytes())));
    rig.receive(Channel.CHANNEL_JOURNAL, Frame.newBuilder().setFetched(fetched).build());

    assertThat(rig.core.health()).isEqualTo("READY");
    assertThat(rig.records()).containsAll(all);
    assertThat(rig.core.journal().epoch().id()).isEqualTo(new EpochId(5, 5));
  }

  @Test
  void aForkStopsSellingForGoodOverRestartsToo() {
    rig.connect(Channel.CHANNEL_JOURNAL,
        Welcome.newBuilder().setVersion(1).setVerdict(Verdict.VERDICT_FORK).setProblem("FORK"));
    assertThat(rig.core.health()).isEqualTo("FORK");

    restart(2);

    assertThat(rig.core.health()).isEqualTo("FROZEN");
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.OutOfOrder("FROZEN"));
  }

  @Test
  void aClockSteppedByFourHundredDaysChangesNoAmount() {
    offlineWith(5_000);
    rig.wallShift = -400L * 86_400_000;
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Approved(100, 4_900, true));
    rig.pass(10_000);

    rig.wallShift = 0;

    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Approved(100, 4_800, true));
    assertThat(rig.core.journal().head().turnover()).isEqualTo(200);
  }

  @Test
  void anOrderlyEndSaysGoodbyeAndStopsTheJournal() {
    rig.connectBoth();

    rig.happen(new Event.Stop());

    assertThat(rig.sent).anyMatch(Frame::hasGoodbye);
    assertThat(rig.effects.getLast()).isInstanceOf(Effect.Stopped.class);
    assertThat(rig.core.journal().boots().stopped()).isTrue();
    assertThat(rig.core.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRunThatWasStoppedEndsWithEpochCloseAndTheNextOneSaysClean() throws Exception {
    offlineWith(5_000);

    rig.happen(new Event.Stop());

    assertThat(rig.kinds()).endsWith(RecordKind.EPOCH_CLOSE);
    assertThat(nextRunIsClean(2)).isTrue();
    assertThat(rig.kinds()).as("no stop, no close").endsWith(RecordKind.SALE);
    assertThat(nextRunIsClean(3)).isFalse();
  }

  /// What the RESUME of the next run says of this one, which ends here as in a power cut.
  private boolean nextRunIsClean(int boot) throws Exception {
    restart(boot);
    assertThat(rig.buy(1, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    JournalRecord resume = rig.records().reversed().stream().filter(record -> record.is(RecordKind.RESUME))
        .findFirst().orElseThrow();
    assertThat(rig.kinds()).endsWith(RecordKind.RESUME, RecordKind.SALE);
    rig.pass(TerminalCore.REST_MILLIS);
    return Resume.parseFrom(resume.body()).getClean();
  }

  @Test
  void aFailedDeviceStopsSalesUntilItIsWellAgain() {
    offlineWith(5_000);
    rig.happen(new Event.DeviceFailed("reader", "READER_SILENT"));
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.OutOfOrder("READER_SILENT"));

    rig.happen(new Event.DeviceWell("reader"));

    assertThat(rig.buy(1, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
  }

  @Test
  @Requirement({"SEC-01"})
  void whatNoSecondOperatorConfirmedSellsNothingOverRestartsToo() {
    rig.close();
    rig = CoreRig.startedAwaitingConfirmation(folder, 2);
    refusesCashAsUnconfirmed();
    rig.happen(new Event.LinkUp(Channel.CHANNEL_JOURNAL, 1));
    rig.receive(Channel.CHANNEL_JOURNAL,
        Frame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason("NOT_ENROLLED")).build());
    refusesCashAsUnconfirmed();
    rig.close();

    rig = CoreRig.startedAwaitingConfirmation(folder, 3);

    refusesCashAsUnconfirmed();
  }

  @Test
  @Requirement({"SEC-01"})
  void aConfirmedTerminalSellsByItselfAndForGood() {
    rig.close();
    rig = CoreRig.startedAwaitingConfirmation(folder, 2);
    refusesCashAsUnconfirmed();

    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());

    assertThat(rig.core.health()).isEqualTo("READY");
    assertThat(rig.screens).last().isEqualTo(new Screen.Ready(false));
    rig.close();
    rig = CoreRig.startedAwaitingConfirmation(folder, 3);
    assertThat(takeCash()).isEqualTo(new Screen.CashRecorded(500));
  }

  @Test
  @Requirement({"MCH-06"})
  void aStartShowsWhatKeepsItFromSellingAndGoesOnTryingUntilItIsAtTheMainScreen() {
    rig.close();
    rig = CoreRig.startedAwaitingConfirmation(folder, 2);
    assertThat(rig.screens.getLast()).as("no permission yet")
        .isEqualTo(new Screen.OutOfOrder("NOT_CONFIRMED"));

    long tries = callsFrom(rig);
    rig.happen(
        new Event.LinkDown(Channel.CHANNEL_JOURNAL, rig.connection(Channel.CHANNEL_JOURNAL), "no route"));
    rig.pass(70_000);
    assertThat(callsFrom(rig)).as("the network failed: it connects again").isGreaterThan(tries);

    tries = callsFrom(rig);
    rig.happen(new Event.LinkUp(Channel.CHANNEL_JOURNAL, rig.connection(Channel.CHANNEL_JOURNAL)));
    rig.receive(Channel.CHANNEL_JOURNAL,
        Frame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason("NOT_ENROLLED")).build());
    rig.pass(70_000);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.OutOfOrder("NOT_CONFIRMED"));
    assertThat(callsFrom(rig)).as("the server refused: it asks again").isGreaterThan(tries);

    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
    rig.connect(Channel.CHANNEL_DESK, rig.welcome());
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Ready(true));
  }

  private static long callsFrom(CoreRig rig) {
    return rig.effects.stream().filter(Effect.Connect.class::isInstance).count();
  }

  @Test
  void aTerminalThatNeverMetItsServerTakesNoCardAndSaysThatItNeedsTheServer() {
    assertThat(rig.buy(1, CoreRig.CARD)).isEqualTo(new Screen.Declined(DeclineReason.OFFLINE_NOT_ALLOWED));
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);
  }

  private void refusesCashAsUnconfirmed() {
    assertThat(rig.core.health()).isEqualTo("NOT_CONFIRMED");
    assertThat(takeCash()).isEqualTo(new Screen.OutOfOrder("NOT_CONFIRMED"));
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);
  }

  private Screen takeCash() {
    rig.happen(new Event.Input(new SaleEvent.CashTaken(Basket.ofAmount(500))));
    return rig.screens.getLast();
  }
}
