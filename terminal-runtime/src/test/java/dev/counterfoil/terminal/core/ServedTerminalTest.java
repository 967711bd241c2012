package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.terminal.journal.PruneAnchor;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.outbox.Outbox;
import dev.counterfoil.terminal.outbox.SyncStatus;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedTerminalTest {

  private static final Effect APPROVE = new Effect.Indicate(Signal.APPROVE);
  private static final Effect HAD_IT = new Effect.Show(new Screen.Declined(DeclineReason.LIMIT_MEAL_COUNT));

  @TempDir
  Path folder;

  @Test
  @Requirement({"OFF-04", "OFF-07", "OFF-08", "SEC-01", "SYN-02"})
  void whatIsSoldOfflineIsSignedKeptAndSentInOrderOnceTheServerIsBack() {
    try (var rig = connected(1)) {
      cutNetwork(rig);
      sellOffline(rig, 3);
      int before = rig.atServer.size();

      rig.networkUp = true;
      rig.until(rig.now + 120_000);

      assertThat(rig.atServer.size()).isGreaterThan(before + 2);
      assertThat(rig.atServer.stream().filter(record -> record.is(RecordKind.SALE))).hasSize(3);
      assertThat(rig.atServer).extracting(JournalRecord::seq).isSorted().doesNotHaveDuplicates();
      assertThat(rig.all(Effect.Note.class)).anyMatch(note -> note.event().equals("sync"));
    }
  }

  /// The server was restored to before records that are pruned here: told with a code, sold on, and sent on by itself
  /// once the server has got them from its copy.
  @Test
  void aServerThatLacksWhatIsPrunedHereIsToldAndSentTheRestOnceItHasThat() {
    List<JournalRecord> copy;
    try (var rig = connected(31)) {
      cutNetwork(rig);
      sellOffline(rig, 4);
      rig.networkUp = true;
      rig.until(rig.now + 120_000);
      copy = List.copyOf(rig.atServer);
      var last = copy.get(copy.size() - 2);
      rig.store.prune(new PruneAnchor(last.epoch(), last.position(), rig.store.state().ack().signed()));
    }
    try (var rig = new ServedTerminal(folder, 32)) {
      rig.atServer.addAll(copy.subList(0, 3));
      rig.generation = ByteString.copyFromUtf8("restored");
      rig.start();
      assertThat(rig.all(Effect.Alert.class)).filteredOn(alert -> alert.code().equals("SERVER_LACKS_RECORDS"))
          .singleElement().matches(alert -> alert.detail().contains("from=4 to=" + (copy.size() - 1)));
      assertThat(rig.core.health()).isEqualTo("READY");
      assertThat(rig.sent).noneMatch(Frame::hasPush);

      rig.atServer.addAll(copy.subList(3, copy.size()));
      rig.reply(Channel.CHANNEL_JOURNAL,
          Frame.newBuilder().setAck(Ack.newBuilder().setStatement(rig.ack())).build());

      assertThat(rig.sent).anyMatch(Frame::hasPush);
      assertThat(rig.atServer.getLast().position()).isEqualTo(rig.store.state().head());
    }
  }

  @Test
  void nothingIsApprovedBeforeTheJournalSaysDurable() {
    try (var rig = connected(2)) {
      cutNetwork(rig);
      rig.keys("8#");
      rig.tap();
      rig.answersHeld = true;
      rig.effects.clear();
      rig.until(rig.now + 6_000);
      rig.keys("8#");
      rig.tap();

      rig.answerOne();
      assertThat(rig.effects).doesNotContain(APPROVE);
      assertThat(rig.all(Effect.Show.class)).noneMatch(show -> show.screen() instanceof Screen.Approved);
      rig.answersHeld = false;
      rig.answerAll();

      assertThat(rig.effects).contains(APPROVE);
    }
  }

  @Test
  void anOfferedEpochIsConfirmedOnlyOnceItIsDurable() {
    try (var rig = new ServedTerminal(folder, 3)) {
      var next = new EpochId(2, 99);
      rig.offer = Optional.of(next);
      rig.answersHeld = true;
      rig.start();

      assertThat(rig.sent).noneMatch(Frame::hasEpochConfirm);
      assertThat(rig.asked).anyMatch(request -> request.task() instanceof JournalTask.AdoptEpoch);
      rig.answersHeld = false;
      rig.answerAll();

      assertThat(rig.sent).anyMatch(Frame::hasEpochConfirm);
      assertThat(rig.store.state().epoch().id()).isEqualTo(next);
    }
  }

  @Test
  void anIdleLinkGoesQuiet() {
    try (var rig = connected(4)) {
      rig.until(rig.now + 120_000);
      rig.sent.clear();
      long head = rig.store.state().head().seq();

      rig.until(rig.now + 600_000);

      assertThat(rig.sent).isNotEmpty().allMatch(frame -> frame.hasPing());
      assertThat(rig.all(Effect.Connect.class)).as("no connection was lost").hasSize(2);
      assertThat(rig.store.state().head().seq()).isEqualTo(head);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Requirement({"SYN-03"})
  void failedConnectionsAreRetriedWithJitterForEverAndToldAfterTheThird(long seed) {
    try (var rig = new ServedTerminal(folder, seed)) {
      rig.networkUp = false;
      rig.start();

      rig.until(3_600_000);

      var alerts = rig.all(Effect.Alert.class).stream().filter(alert -> alert.code().equals("SYNC_FAILING"))
          .toList();
      assertThat(alerts).as("one for each channel, seed %d", seed).hasSize(2);
      long tries = rig.all(Effect.Connect.class).stream()
          .filter(connect -> connect.channel() == Channel.CHANNEL_JOURNAL).count();
      assertThat(tries).as("seed %d", seed).isBetween(60L, 400L);
      int sofar = rig.all(Effect.Connect.class).size();
      rig.until(4_000_000);
      assertThat(rig.all(Effect.Connect.class).size()).isGreaterThan(sofar);
    }
  }

  @Test
  void aCommitThatFailsIsShownAsRefusedAndTheJournalIsReadAnewBeforeTheNextSale() {
    try (var rig = connected(5)) {
      cutNetwork(rig);
      rig.keys("8#");
      rig.nextWriteFails = true;
      rig.effects.clear();

      rig.tap();

      assertThat(rig.effects).doesNotContain(APPROVE);
      assertThat(rig.all(Effect.Show.class))
          .contains(new Effect.Show(new Screen.Declined(DeclineReason.PAYMENT_FAILED)));
      assertThat(rig.all(Effect.Ask.class)).extracting(ask -> ask.request().task())
          .contains(new JournalTask.Reopen());
      rig.until(rig.now + 10_000);
      sellOffline(rig, 1);
      assertThat(rig.effects).contains(APPROVE);
    }
  }

  @Test
  void aForkFreezesTheTerminalOverRestarts() {
    try (var rig = new ServedTerminal(folder, 6)) {
      rig.verdict = Verdict.VERDICT_FORK;
      rig.start();
      assertThat(rig.core.health()).isEqualTo("FORK");
    }
    try (var again = new ServedTerminal(folder, 6)) {
      again.networkUp = false;
      again.start();

      assertThat(again.core.health()).isEqualTo("FROZEN");
    }
  }

  @Test
  void aRolledBackTerminalFetchesWhatItLostBeforeItSellsAgain() throws IOException {
    List<JournalRecord> known;
    try (var rig = connected(7)) {
      rig.happen(new Event.Stop());
      known = List.copyOf(rig.atServer);
    }
    Files.copy(folder.resolve("journal.db"), folder.resolve("image.db"));
    try (var rig = new ServedTerminal(folder, 7)) {
      rig.atServer.addAll(known);
      rig.start();
      rig.until(5_000);
      cutNetwork(rig);
      sellOffline(rig, 2);
      rig.networkUp = true;
      rig.until(rig.now + 120_000);
      known = List.copyOf(rig.atServer);
    }
    Path restored = Files.createDirectory(folder.resolve("restored"));
    Files.copy(folder.resolve("image.db"), restored.resolve("journal.db"));
    try (var rig = new ServedTerminal(restored, 8)) {
      rig.atServer.addAll(known);
      rig.verdict = Verdict.VERDICT_ROLLED_BACK;
      rig.offer = Optional.of(new EpochId(2, 5));
      rig.start();

      assertThat(rig.sent).anyMatch(Frame::hasFetch);
      assertThat(rig.store.state().head().seq()).isGreaterThanOrEqualTo(known.size());
      assertThat(rig.store.record(known.size())).contains(known.getLast());
      assertThat(rig.store.state().epoch().id()).isEqualTo(new EpochId(2, 5));
      rig.verdict = Verdict.VERDICT_RESUME;
      rig.until(rig.now + 120_000);
      assertThat(rig.core.health()).isEqualTo("READY");
    }
  }

  @Test
  void aLateApprovalOfADeclinedPurchaseIsGivenBack() {
    try (var rig = connected(9)) {
      rig.allowance = OfflineCaps.NOTHING;
      rig.happen(new Event.Input(new SaleEvent.CardRemoved()));
      rig.keys("60#");
      rig.tap();
      var asked = rig.sent.getLast().getAuthorize();
      rig.until(rig.now + 900);
      assertThat(rig.sent.getLast().hasCancel()).as("60.00 of 50.00: declined after the fall-back").isTrue();

      rig.reply(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(Decision.newBuilder()
          .setTransactionId(asked.getTransactionId()).setOutcome(Outcomes.OUTCOMES_APPROVED).setHoldId(4))
          .build());

      assertThat(rig.sent.stream().filter(Frame::hasCancel)).hasSize(2);
      assertThat(rig.effects).doesNotContain(APPROVE);
    }
  }

  @Test
  @Requirement({"PAY-28"})
  void aPasswordGoesToTheServerInTheSamePurchaseAndIntoNoRecord() {
    try (var rig = connected(9)) {
      rig.happen(new Event.Input(new SaleEvent.CardRemoved()));
      rig.keys("600#");
      rig.tap();
      var asked = rig.sent.getLast().getAuthorize();
      rig.reply(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(Decision.newBuilder()
          .setTransactionId(asked.getTransactionId()).setOutcome(Outcomes.OUTCOMES_ASK_PIN)).build());

      rig.keys("271828#");
      assertThat(rig.sent.getLast().getAuthorize())
          .isEqualTo(asked.toBuilder().setPassword("271828").build());
      rig.reply(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(Decision.newBuilder()
          .setTransactionId(asked.getTransactionId()).setOutcome(Outcomes.OUTCOMES_APPROVED).setHoldId(4))
          .build());

      assertThat(rig.effects).contains(APPROVE);
      assertThat(rig.atServer.getLast().kind()).contains(RecordKind.SALE);
      assertThat(new String(rig.atServer.getLast().bytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("271828");
    }
  }

  @Test
  void aMealIsHadOnceWithoutTheServerTooAndOverARestart() {
    var allDay = new MealPlan(List.of(new MealPeriod("all day", 0, 1_440, List.of(), 1, 0, 0)), 0);
    try (var rig = connected(new ServedTerminal(folder, 9, allDay))) {
      rig.happen(new Event.Input(new SaleEvent.CardRemoved()));
      cutNetwork(rig);
      sellOffline(rig, 2);

      assertThat(rig.effects.stream().filter(APPROVE::equals)).hasSize(1);
      assertThat(rig.effects).contains(HAD_IT);
    }
    try (var again = connected(new ServedTerminal(folder, 10, allDay))) {
      again.keys("8#");
      again.tap();

      assertThat(again.effects).contains(HAD_IT);
      assertThat(again.sent).as("no reason to ask the server").noneMatch(Frame::hasAuthorize);
    }
  }

  @Test
  @Requirement({"OFF-09"})
  void offlineSalesStopAtTheSignedAllowance() {
    try (var rig = new ServedTerminal(folder, 10)) {
      rig.allowance = new OfflineCaps(2, 100_000, 86_400_000, 10_000, 100_000, 100_000,
          86_400_000, 5);
      rig.start();
      rig.until(5_000);
      cutNetwork(rig);

      sellOffline(rig, 4);

      long sales = rig.store.records(1, 500, 1 << 20).stream().filter(record -> record.is(RecordKind.SALE))
          .count();
      assertThat(sales).isEqualTo(2);
    }
  }

  @Test
  @Requirement({"OFF-05"})
  void aRecordCountsAsSyncedOnceItIsSettled() {
    var outbox = new Outbox(9, 7, 5, 0);

    assertThat(outbox.statusOf(7)).isEqualTo(SyncStatus.SYNCED);
    assertThat(outbox.statusOf(8)).isEqualTo(SyncStatus.QUEUED);
    assertThat(outbox.refused(8).statusOf(8)).isEqualTo(SyncStatus.FAILED);
    assertThat(SyncStatus.values()).extracting(SyncStatus::code).containsExactly(0, 1, 2);
  }

  private ServedTerminal connected(long seed) {
    return connected(new ServedTerminal(folder, seed));
  }

  private static ServedTerminal connected(ServedTerminal rig) {
    rig.start();
    rig.until(5_000);
    assertThat(rig.core.online()).isTrue();
    return rig;
  }

  private static void cutNetwork(ServedTerminal rig) {
    rig.networkUp = false;
    for (Channel channel : List.of(Channel.CHANNEL_DESK, Channel.CHANNEL_JOURNAL)) {
      long connection = rig.all(Effect.Connect.class).stream().filter(connect -> connect.channel() == channel)
          .mapToLong(Effect.Connect::connection).max().orElseThrow();
      rig.happen(new Event.LinkDown(channel, connection, "cut"));
    }
  }

  private static void sellOffline(ServedTerminal rig, int taps) {
    for (int i = 0; i < taps; i++) {
      rig.keys("8#");
      rig.tap();
      rig.happen(new Event.Input(new SaleEvent.CardRemoved()));
      rig.until(rig.now + 6_000);
    }
  }
}
