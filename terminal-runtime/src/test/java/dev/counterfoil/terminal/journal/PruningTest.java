package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.WALL;
import static dev.counterfoil.terminal.journal.JournalFixture.ack;
import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.chain;
import static dev.counterfoil.terminal.journal.WriterRig.committed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long LATER = WALL + 40 * DAY;

  @TempDir
  Path directory;

  private static JournalState state(int head, StoredAck ack) {
    var records = chain(head);
    return JournalFixture.ENROLLED.after(JournalFixture.unit(JournalFixture.ORIGIN, records))
        .after(CommitUnit.ofState(records.getLast().position(), List.of(new StateChange.AckStored(ack))));
  }

  private static long prunedUpTo(int head, StoredAck ack) {
    return Pruning.next(state(head, ack), chain(head)).map(anchor -> anchor.position().seq()).orElse(0L);
  }

  @Test
  void onlyWhatIsSettledAndSafeGoes() {
    assertThat(prunedUpTo(1_300, ack(1, 1_300, 1_300, LATER))).as("never the last thousand").isEqualTo(300);
    assertThat(prunedUpTo(1_300, ack(1, 1_300, 120, LATER))).isEqualTo(120);
    assertThat(prunedUpTo(1_300, ack(1, 1_300, 0, LATER))).as("received is not enough").isZero();
    assertThat(prunedUpTo(1_000, ack(1, 1_000, 1_000, LATER))).isZero();
  }

  @Test
  void onlyWhatIsOlderThanThirtyDaysGoes() {
    assertThat(prunedUpTo(1_300, ack(1, 1_300, 1_300, WALL + 30 * DAY)))
        .as("the first is just thirty days old")
        .isZero();
    assertThat(prunedUpTo(1_300, ack(1, 1_300, 1_300, WALL + 30 * DAY + 10_500))).isEqualTo(11);
  }

  @Test
  void aWindowThatIsTooYoungIsWorthNoSecondLookBeforeItsTime() {
    var state = state(1_300, ack(1, 1_300, 1_300, WALL + 30 * DAY));
    var young = new YoungWindow();
    assertThat(Pruning.mayRemove(state(1_000, ack(1, 1_000, 1_000, LATER)))).isFalse();
    assertThat(Pruning.mayRemove(state)).isTrue();
    assertThat(young.holds(state)).as("never looked").isFalse();

    young.remember(state, chain(300));

    assertThat(young.holds(state)).isTrue();
    assertThat(young.holds(state(1_300, ack(2, 1_300, 1_300, WALL + 30 * DAY + 1)))).as("the first is due")
        .isFalse();
    young.forget();
    assertThat(young.holds(state)).isFalse();
  }

  @Test
  void aWindowOfUnknownAgeIsLookedAtAgain() {
    var state = state(1_300, ack(1, 1_300, 1_300, LATER));
    var young = new YoungWindow();

    young.remember(state, untold(300, 300));

    assertThat(young.holds(state)).isFalse();
  }

  @Test
  void recordsOfAnUntrustedClockAreKeptUntilATrustedLaterOneIsOldEnough() {
    var sealer = new RecordSealer(JournalFixture.TERMINAL);
    var records = new ArrayList<JournalRecord>();
    var head = JournalFixture.ORIGIN;
    for (int i = 0; i < 1_200; i++) {
      boolean trusted = i == 50;
      var when = new RecordCircumstances(trusted ? WALL : 0,
          trusted ? TimeQuality.ANCHORED : TimeQuality.LOCAL_CLOCK, i, 0, 0);
      var draft = i == 0 ? JournalFixture.genesis().draft() : JournalFixture.health().draft();
      records.add(sealer.seal(head, JournalFixture.EPOCH.id(), when, draft, JournalFixture.SIGNER));
      head = records.getLast().position();
    }
    var state = JournalFixture.ENROLLED.after(JournalFixture.unit(JournalFixture.ORIGIN, records))
        .after(CommitUnit.ofState(head, List.of(new StateChange.AckStored(ack(1, 1_200, 1_200, LATER)))));

    assertThat(Pruning.next(state, records).orElseThrow().position().seq()).isEqualTo(51);
    assertThat(Pruning.next(state, records.subList(0, 50))).isEmpty();
  }

  /// More than a step of records without a server time, as a long run without contact leaves them: a later one tells.
  @Test
  void aStepOfUnknownAgeGoesOnceALaterRecordIsOldEnough() {
    int unknown = 2 * Pruning.STEP_RECORDS + 300;
    var all = untold(unknown, unknown + 1_200);
    SqliteJournal.create(directory.resolve("journal.db"), JournalFixture.ENROLLED);
    try (var journal = SqliteJournal.open(directory.resolve("journal.db"))) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, all));
      journal.commit(CommitUnit.ofState(all.getLast().position(), List.of(
          new StateChange.AckStored(ack(1, all.size(), all.size(), WALL + 30 * DAY)))));
    }
    try (var rig = WriterRig.open(directory)) {
      rig.start();
      for (int i = 0; i < 6; i++) {
        assertThat(rig.writer.prune()).as("the one that tells is just thirty days old").isFalse();
      }

      rig.writer.keep(List.of(new StateChange.AckStored(ack(2, all.size(), all.size(), LATER))));

      for (int i = 0; i < 9; i++) {
        rig.writer.prune();
      }
      assertThat(rig.store.state().origin()).isEqualTo(all.get(all.size() - 1_001).position());
      rig.assertChainIsSound();
    }
  }

  /// Records by the board's clock alone, then some under a server time.
  private static List<JournalRecord> untold(int unknown, int count) {
    var sealer = new RecordSealer(JournalFixture.TERMINAL);
    var records = new ArrayList<JournalRecord>();
    var head = JournalFixture.ORIGIN;
    for (int i = 0; i < count; i++) {
      var when = new RecordCircumstances(WALL, i < unknown ? TimeQuality.LOCAL_CLOCK : TimeQuality.ANCHORED,
          i, 0,
          0);
      var draft = i == 0 ? JournalFixture.genesis().draft() : JournalFixture.health().draft();
      records.add(sealer.seal(head, JournalFixture.EPOCH.id(), when, draft, JournalFixture.SIGNER));
      head = records.getLast().position();
    }
    return records;
  }

  @Test
  void verificationStartsFromTheAnchorOnceTheRestIsGone() {
    SqliteJournal.create(directory.resolve("journal.db"), JournalFixture.ENROLLED);
    var all = chain(1_200);
    try (var journal = SqliteJournal.open(directory.resolve("journal.db"))) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, all));
      journal.commit(CommitUnit.ofState(all.getLast().position(),
          List.of(new StateChange.AckStored(ack(1, 1_200, 1_150, LATER)))));
    }
    try (var rig = WriterRig.open(directory)) {
      rig.start();

      assertThat(rig.writer.prune()).isTrue();
      assertThat(rig.writer.prune()).as("nothing more").isFalse();

      assertThat(rig.records()).isEqualTo(all.subList(200, 1_200));
      assertThat(rig.store.state().origin()).isEqualTo(all.get(199).position());
      var anchor = rig.store.state().pruned().orElseThrow();
      assertThat(anchor.safeAck()).isEqualTo(ack(1, 1_200, 1_150, LATER).signed());
      rig.assertChainIsSound();
      rig.sell(1, 5);
    }
    try (var rig = WriterRig.open(directory)) {
      assertThat(rig.start().refusal()).isEmpty();
      committed(rig.writer.resume(at(1)));
      rig.assertChainIsSound();
    }
  }
}
