package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.CARD;
import static dev.counterfoil.terminal.journal.JournalFixture.WALL;
import static dev.counterfoil.terminal.journal.JournalFixture.ack;
import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.card;
import static dev.counterfoil.terminal.journal.JournalFixture.decline;
import static dev.counterfoil.terminal.journal.JournalFixture.health;
import static dev.counterfoil.terminal.journal.WriterRig.committed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclineAndCheckpointTest {

  @TempDir
  Path directory;

  private WriterRig rig;

  @BeforeEach
  void enrol() {
    rig = WriterRig.enrolled(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void declined(long card, String reason, long bootMillis) {
    committed(rig.writer.decline(decline(card(card), reason), at(bootMillis)));
  }

  private Decline body(JournalRecord record) throws Exception {
    assertThat(record.is(RecordKind.DECLINE)).isTrue();
    return Decline.parseFrom(record.body());
  }

  private void acknowledged(long number, long received) {
    committed(rig.writer.keep(List.of(new StateChange.AckStored(ack(number, received, 0, WALL)))));
  }

  @Test
  void equalDeclinesWithinTenSecondsAreOneRecordWithACount() throws Exception {
    for (long millis : List.of(1_000L, 4_000L, 10_999L)) {
      declined(1, "CARD_LOST", millis);
      rig.writer.tick(at(millis));
    }
    assertThat(rig.records()).as("still counting").hasSize(1);

    rig.writer.tick(at(11_000));

    assertThat(rig.records()).hasSize(2);
    assertThat(body(rig.records().getLast()).getCount()).isEqualTo(3);
    assertThat(rig.records().getLast().bootMillis()).as("time of the first").isEqualTo(1_000);
    rig.writer.tick(at(30_000));
    assertThat(rig.records()).hasSize(2);
  }

  @Test
  void anotherCardOrReasonOrALaterDeclineIsARecordOfItsOwn() throws Exception {
    declined(1, "CARD_LOST", 0);
    declined(2, "CARD_LOST", 1);
    declined(2, "INSUFFICIENT_BALANCE", 2);
    declined(2, "INSUFFICIENT_BALANCE", 10_002);
    rig.writer.tick(at(30_000));

    var bodies = rig.records().stream().skip(1).toList();
    assertThat(bodies).hasSize(4);
    for (var record : bodies) {
      assertThat(body(record).getCount()).isEqualTo(1);
    }
    rig.assertChainIsSound();
  }

  @Test
  void aHeldDeclineGoesBeforeWhateverIsWrittenNext() {
    declined(1, "CARD_LOST", 1);

    rig.sell(100, 2);

    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.DECLINE, RecordKind.SALE);
    assertThat(rig.store.state().heldDecline()).isEmpty();
  }

  @Test
  void aHeldDeclineSurvivesAPowerCut() throws Exception {
    declined(1, "CARD_LOST", 1);
    declined(1, "CARD_LOST", 2);
    rig.close();
    rig = WriterRig.open(directory);
    rig.start();
    rig.writer.tick(at(60_000));
    assertThat(rig.records()).as("not before RESUME").hasSize(1);

    rig.sell(100, 60_001);

    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.RESUME, RecordKind.DECLINE,
        RecordKind.SALE);
    assertThat(body(rig.records().get(2)).getCount()).isEqualTo(2);
    rig.assertChainIsSound();
  }

  @Test
  void theNewestAcknowledgementIsBoundJustBeforeTheNextBusinessRecord() throws Exception {
    rig.sell(100, 1);
    acknowledged(1, 1);
    acknowledged(2, 2);
    assertThat(rig.records()).as("storing an acknowledgement writes no record").hasSize(2);

    rig.sell(200, 2);

    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.SALE, RecordKind.CHECKPOINT_SEEN,
        RecordKind.SALE);
    var seen = CheckpointSeen.parseFrom(rig.records().get(2).body());
    byte[] payload = rig.store.state().ack().signed().getPayload().toByteArray();
    assertThat(seen.getAckNumber()).isEqualTo(2);
    assertThat(seen.getAckHash().toByteArray()).isEqualTo(Sha256.digest(payload));
    rig.assertChainIsSound();
  }

  @Test
  void bookkeepingBindsNothing() {
    acknowledged(1, 1);

    committed(rig.writer.append(health(), at(2)));

    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.HEALTH);
  }

  @Test
  void atMostOneCheckpointInAHundredRecordsOrTenMinutes() {
    acknowledged(1, 1);
    for (int i = 2; i <= 250; i++) {
      rig.sell(1, i);
      acknowledged(i, rig.store.state().head().seq());
    }
    long checkpoints = rig.kinds().stream().filter(RecordKind.CHECKPOINT_SEEN::equals).count();
    assertThat(checkpoints).isEqualTo(3);

    rig.sell(1, 600_000 + 251);

    assertThat(rig.kinds().get(rig.kinds().size() - 2)).as("ten minutes later").isEqualTo(
        RecordKind.CHECKPOINT_SEEN);
  }

  @Test
  void anAcknowledgementThatNewlyCoversOnlyBookkeepingIsNotBound() {
    acknowledged(1, 1);
    rig.sell(1, 1);
    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.CHECKPOINT_SEEN, RecordKind.SALE);
    acknowledged(2, 2);

    rig.sell(1, 700_000);

    assertThat(rig.kinds().subList(3, rig.kinds().size())).containsExactly(RecordKind.SALE);
  }

  /// The server acknowledges whatever it is sent; the terminal lets time pass and writes what it wants to.
  @Test
  void anIdleLinkGoesQuiet() {
    rig.sell(100, 1);
    declined(1, "CARD_LOST", 2);
    long number = 1;
    long acked = 0;
    int exchanges = 0;
    for (long hour = 1; hour <= 48; hour++) {
      var now = at(hour * 3_600_000);
      rig.writer.tick(now);
      rig.writer.rest(now);
      long head = rig.store.state().head().seq();
      if (head > acked) {
        acknowledged(number++, head);
        acked = head;
        exchanges++;
      }
    }
    assertThat(exchanges).as("exchanges until nobody has anything to say").isEqualTo(1);
    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.SALE, RecordKind.DECLINE);
    assertThat(rig.store.state().heldDecline()).isEmpty();
    assertThat(rig.store.cardUse(CARD).dayMinor()).isEqualTo(100);
  }
}
