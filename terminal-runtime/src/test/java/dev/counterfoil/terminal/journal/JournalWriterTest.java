package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.ACCOUNT;
import static dev.counterfoil.terminal.journal.JournalFixture.CARD;
import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.health;
import static dev.counterfoil.terminal.journal.JournalFixture.sale;
import static dev.counterfoil.terminal.journal.WriterRig.committed;
import static dev.counterfoil.terminal.journal.WriterRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JournalWriterTest {

  @TempDir
  Path directory;

  private Optional<WriterRig> used = Optional.empty();

  private WriterRig rig() {
    return keep(WriterRig.enrolled(directory));
  }

  private WriterRig restarted() {
    used.ifPresent(WriterRig::close);
    return keep(WriterRig.open(directory));
  }

  private WriterRig keep(WriterRig rig) {
    used = Optional.of(rig);
    return rig;
  }

  @AfterEach
  void close() {
    used.ifPresent(WriterRig::close);
  }

  @Test
  @Requirement({"OFF-03", "OFF-08", "SEC-01", "AUD-02"})
  void aSaleIsSignedChainedAndDurableWithItsStateBeforeItIsReleased() {
    var rig = rig();

    var result = committed(rig.writer.append(sale(1_250), at(5)));

    assertThat(result.record().is(RecordKind.SALE)).isTrue();
    assertThat(result.record().turnover()).isEqualTo(1_250);
    var after = restarted();
    assertThat(after.store.state()).isEqualTo(result.state());
    assertThat(after.records().getLast()).isEqualTo(result.record());
    assertThat(after.store.spentAfter(ACCOUNT, 0)).isEqualTo(1_250);
    assertThat(after.store.cardUse(CARD).dayMinor()).isEqualTo(1_250);
    assertThat(after.store.state().lastSale().orElseThrow().amountMinor()).isEqualTo(1_250);
    after.assertChainIsSound();
  }

  @Test
  void salesThatWaitTogetherAreOneUnit() {
    var rig = rig();
    int before = rig.store.commits();

    var result = committed(rig.writer.append(List.of(sale(100), sale(200), sale(300)), at(5)));

    assertThat(rig.store.commits()).isEqualTo(before + 1);
    assertThat(result.records()).extracting(JournalRecord::amount).containsExactly(100L, 200L, 300L);
    rig.assertChainIsSound();
  }

  @Test
  void aBodyBeyondTheLimitIsRejectedUnsignedAndTheJournalGoesOn() {
    var rig = rig();
    int signed = rig.signer.signed.size();
    var large = new Entry(new RecordDraft(RecordKind.DOOR, new byte[16 * 1024 + 1], 0), _ -> List.of());

    var result = rig.writer.append(List.of(sale(100), large), at(5));

    assertThat(result).isInstanceOfSatisfying(WriteResult.Rejected.class,
        rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.BODY_TOO_LARGE));
    assertThat(rig.signer.signed).hasSize(signed);
    rig.sell(100, 6);
    var longest = new Entry(new RecordDraft(RecordKind.DOOR, new byte[16 * 1024], 0), _ -> List.of());
    committed(rig.writer.append(longest, at(7)));
  }

  @Test
  void aTurnoverThatWouldOverflowIsRejected() {
    var rig = rig();
    rig.sell(Long.MAX_VALUE, 5);

    assertThat(rig.writer.append(sale(1), at(6))).isInstanceOfSatisfying(WriteResult.Rejected.class,
        rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.BAD_AMOUNT));
    rig.assertChainIsSound();
  }

  @ParameterizedTest
  @EnumSource(value = StoreFailure.class, names = {"STALE_HEAD", "ABSENT",
      "NEWER_SCHEMA"}, mode = Mode.EXCLUDE)
  void aFailedCommitRefusesWithItsCodeUntilTheMediumWasReadAgain(StoreFailure failure) {
    var rig = rig();
    rig.sell(100, 1);
    rig.store.failNext(1, failure, FaultyStore.Moment.BEFORE_IT_IS_DURABLE);

    assertThat(refused(rig.writer.append(sale(200), at(2)))).isEqualTo(failure.refusal());
    assertThat(rig.writer.refusal()).contains(failure.refusal());
    int signed = rig.signer.signed.size();
    assertThat(refused(rig.writer.append(sale(300), at(3)))).isEqualTo(failure.refusal());
    assertThat(rig.signer.signed).as("nothing is signed before the reopen").hasSize(signed);

    var reopened = rig.writer.reopen();

    assertThat(reopened).isEqualTo(new JournalWriter.Reopened(Optional.empty(), true, List.of()));
    assertThat(rig.sell(300, 4).turnover()).isEqualTo(400);
    rig.assertChainIsSound();
  }

  @Test
  void anAttemptThatLandedAfterAllIsNamedAndItsNumberIsNotSignedAgain() {
    var rig = rig();
    rig.sell(100, 1);
    rig.store.failNext(1, StoreFailure.IO_ERROR, FaultyStore.Moment.AFTER_IT_IS_DURABLE);
    assertThat(refused(rig.writer.append(sale(200), at(2)))).isEqualTo(Refusal.JOURNAL_FAULT);

    var reopened = rig.writer.reopen();

    assertThat(reopened.refusal()).isEmpty();
    assertThat(reopened.landed()).singleElement().satisfies(
        landed -> assertThat(landed.amount()).isEqualTo(200));
    rig.sell(300, 4);
    assertThat(rig.signer.signed).doesNotHaveDuplicates();
    assertThat(rig.store.state().head().turnover()).isEqualTo(600);
    rig.assertChainIsSound();
  }

  @Test
  void whileTheMediumStaysFullEveryReopenSaysSoAndTheFirstGoodOneEndsIt() {
    var rig = rig();
    rig.store.failNext(3, StoreFailure.DISK_FULL, FaultyStore.Moment.BEFORE_IT_IS_DURABLE);

    assertThat(refused(rig.writer.append(sale(200), at(2)))).isEqualTo(Refusal.DISK_FULL);
    assertThat(rig.writer.reopen().refusal()).contains(Refusal.DISK_FULL);
    assertThat(rig.writer.reopen().refusal()).contains(Refusal.DISK_FULL);
    assertThat(rig.writer.reopen().refusal()).isEmpty();
    rig.sell(100, 9);
  }

  @Test
  void aMediumThatForgotRecordsIsNoticedByReadingTheTailBack() {
    var rig = rig();
    rig.store.forgetWhatFollows();
    for (int i = 1; i < JournalSettings.DEFAULT.verifyEvery(); i++) {
      rig.sell(1, i);
    }
    rig.writer.rest(at(5_000));

    assertThat(rig.writer.refusal()).contains(Refusal.CHAIN_BROKEN);
    assertThat(refused(rig.writer.append(sale(1), at(6_000)))).isEqualTo(Refusal.CHAIN_BROKEN);
    assertThat(rig.writer.reopen().refusal()).contains(Refusal.CHAIN_BROKEN);
  }

  @Test
  void withoutTheKeyNothingIsSold() {
    rig().close();
    var rig = keep(WriterRig.openWithoutKey(directory));

    assertThat(rig.start().refusal()).contains(Refusal.KEY_MISSING);
    assertThat(refused(rig.writer.append(sale(1), at(1)))).isEqualTo(Refusal.KEY_MISSING);
    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS);
  }

  @Test
  void aKeyStoreThatFailsOnceCostsOneAttempt() {
    var rig = rig();
    rig.signer.broken = true;
    assertThat(refused(rig.writer.append(sale(1), at(1)))).isEqualTo(Refusal.KEY_MISSING);

    rig.signer.broken = false;
    rig.sell(2, 2);

    assertThat(rig.store.state().head().turnover()).isEqualTo(2);
  }

  @Test
  void aFullJournalRefusesSalesWarnsBeforeAndStillTakesWhatMustBeWritten() {
    var rig = keep(WriterRig.enrolled(directory, JournalSettings.DEFAULT.withCapacity(10)));
    for (int i = 1; i < 8; i++) {
      assertThat(rig.writer.isNearlyFull()).as("with %d of 10", i).isFalse();
      rig.sell(1, i);
    }
    assertThat(rig.writer.isNearlyFull()).isTrue();
    rig.sell(1, 8);
    rig.sell(1, 9);

    assertThat(rig.writer.refusal()).contains(Refusal.JOURNAL_FULL);
    assertThat(refused(rig.writer.append(sale(1), at(10)))).isEqualTo(Refusal.JOURNAL_FULL);
    committed(rig.writer.append(health(), at(11)));
    committed(rig.writer.decline(JournalFixture.decline(CARD, "SYSTEM_BUSY"), at(12)));
    assertThat(rig.writer.fillPercent()).isEqualTo(110);
  }

  @Test
  void theDefaultCapacityIsAMillionRecordsWithAWarningAtEightyPercent() {
    assertThat(JournalSettings.DEFAULT.capacityRecords()).isEqualTo(1_000_000);
    assertThat(JournalSettings.DEFAULT.warnPercent()).isEqualTo(80);
  }

  @Test
  void aMirrorThatFailsDoesNotStopSales() throws Exception {
    var rig = rig();
    rig.mirror.close();
    java.nio.file.Files.delete(rig.mirrorPath);
    java.nio.file.Files.createDirectory(rig.mirrorPath);

    rig.sell(100, 1);

    assertThat(rig.writer.mirrorFault()).isPresent();
    assertThat(rig.writer.refusal()).isEmpty();
  }

  @Test
  void resumeIsTheFirstRecordOfARunAndWaitsForTheSecond() {
    rig().sell(100, 1);
    var rig = restarted();

    assertThat(rig.start().clean()).isFalse();
    assertThat(rig.kinds()).as("a start alone writes nothing").containsExactly(RecordKind.GENESIS,
        RecordKind.SALE);
    rig.sell(200, 1);

    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.SALE, RecordKind.RESUME,
        RecordKind.SALE);
    rig.writer.stop(at(9));
    var next = restarted();
    assertThat(next.start().clean()).isTrue();
    committed(next.writer.resume(at(1)));
    committed(next.writer.resume(at(2)));
    assertThat(next.kinds().subList(4, next.kinds().size())).containsExactly(RecordKind.EPOCH_CLOSE,
        RecordKind.RESUME);
    assertThat(next.store.state().boots().count()).isEqualTo(3);
    next.assertChainIsSound();
  }

  @Test
  void aCleanStopClosesTheRunOnceAndARunThatWroteNothingClosesNothing() throws Exception {
    rig().sell(100, 1);
    var rig = restarted();
    rig.start();
    rig.writer.stop(at(1));
    assertThat(rig.kinds()).as("no RESUME, no EPOCH_CLOSE").containsExactly(RecordKind.GENESIS,
        RecordKind.SALE);

    var next = restarted();
    next.start();
    next.sell(200, 1);
    next.writer.stop(at(2));
    next.writer.stop(at(3));

    assertThat(next.kinds().subList(2, next.kinds().size())).containsExactly(RecordKind.RESUME,
        RecordKind.SALE, RecordKind.EPOCH_CLOSE);
    var after = restarted();
    assertThat(after.start().clean()).isTrue();
    assertThat(after.start().action()).as("the mirror has it too").isEqualTo(new RecoveryAction.Agree());
  }

  @Test
  @Requirement({"AUD-02"})
  void everyPrefixOfAJournalStartsAgain() {
    var all = JournalFixture.chain(12);
    for (int length = 1; length <= all.size(); length++) {
      Path place = directory.resolve("prefix-" + length);
      assertThat(place.toFile().mkdir()).isTrue();
      SqliteJournal.create(place.resolve("journal.db"), JournalFixture.ENROLLED);
      try (var journal = SqliteJournal.open(place.resolve("journal.db"))) {
        journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, all.subList(0, length)));
      }
      try (var rig = WriterRig.open(place)) {
        assertThat(rig.start().refusal()).isEmpty();
        rig.sell(1, 1);
        assertThat(rig.records().subList(0, length)).isEqualTo(all.subList(0, length));
        rig.assertChainIsSound();
      }
    }
  }
}
